/** Values of the context `aws` (`cdk deploy -c aws=true`) that say: this is meant for an AWS account. */
const meansAws: readonly unknown[] = ['true', true];

/**
 * Why the app must not be synthesised, if there is a reason.
 *
 * The CDK CLI deploys to whatever account its credentials belong to, so somebody must have said where to: an endpoint,
 * or AWS by the context `aws=true`. The CLI does not tell an app which command is running, therefore this holds for
 * `cdk synth`, `ls` and `diff` as much as for `deploy`. Nothing is asked of the endpoint, so it need not be up.
 */
export function refusal(aws: unknown, env: NodeJS.ProcessEnv): string | undefined {
  if (meansAws.includes(aws)) {
    return undefined;
  }
  if (!env['AWS_ENDPOINT_URL']) {
    return 'Refused: AWS_ENDPOINT_URL is not set, so this could reach a real AWS account. Set it (`npm run emulator` starts an endpoint, `npm run env` prints how to point at it), or pass `-c aws=true` if you mean AWS.';
  }
  if (env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] === 'true') {
    return 'Refused: AWS_IGNORE_CONFIGURED_ENDPOINT_URLS hides AWS_ENDPOINT_URL from the CDK CLI, so this could reach a real AWS account. Unset it, or pass `-c aws=true` if you mean AWS.';
  }
  return undefined;
}

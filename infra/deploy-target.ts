import { isAwsHost, isLoopbackHost } from '../client/endpoint/aws-hosts.ts';
import type { Surroundings } from './surroundings.ts';

/** Values of the context `aws` (`cdk deploy -c aws=true`) that say: this is meant for an AWS account. */
const meansAws: readonly unknown[] = ['true', true];

/** Whether AWS itself is meant. Where that was said is another question, which {@link refusal} asks. */
export const isMeantForAws = ({ aws }: Pick<Surroundings, 'aws'>): boolean => meansAws.includes(aws);

/**
 * Why the app must not be synthesised, if there is a reason.
 *
 * The CDK CLI deploys to whatever account its credentials belong to, so the user must have said where to: an endpoint,
 * or AWS by the context `aws=true`. The CLI does not tell an app which command is running, therefore this holds for
 * `cdk synth`, `ls` and `diff` as much as for `deploy`. Nothing is asked of the endpoint, so it need not be up.
 *
 * What leads past `AWS_ENDPOINT_URL` is in "Service-specific endpoints" of the AWS SDKs and Tools Reference Guide.
 */
export function refusal(surroundings: Surroundings): string | undefined {
  const forGood = saidElsewhere(surroundings);
  if (forGood) {
    return `Refused: ${forGood}. AWS has to be meant each time: remove that, and pass \`-c aws=true\`.`;
  }
  if (isMeantForAws(surroundings)) {
    return undefined;
  }
  const why = leadsToAws(surroundings);
  return why && `Refused: ${why}, or pass \`-c aws=true\` if you mean AWS.`;
}

/** Where `aws` is set for every command to come, and not for the one that was typed. */
function saidElsewhere({ contextFiles, env }: Surroundings): string | undefined {
  const file = contextFiles.find(({ context }) => Object.hasOwn(context, 'aws'));
  if (file) {
    return `${file.name} sets the context \`aws\``;
  }
  return /(^|\W)aws\s*=/.test(env['CDK_CONTEXT'] ?? '') ? 'CDK_CONTEXT sets the context `aws`' : undefined;
}

/** What would have the CDK CLI talk to AWS, and how to put it right. */
function leadsToAws({ env, profile }: Surroundings): string | undefined {
  const endpoint = env['AWS_ENDPOINT_URL'];
  if (!endpoint) {
    return 'AWS_ENDPOINT_URL is not set, so this could reach a real AWS account. Set it (`npm run emulator` starts an endpoint, `npm run env` prints how to point at it)';
  }
  if (!URL.canParse(endpoint)) {
    return `AWS_ENDPOINT_URL is not a URL: ${endpoint}. Set it to one, such as http://127.0.0.1:4566`;
  }
  if (isAwsHost(new URL(endpoint).hostname)) {
    return `AWS_ENDPOINT_URL is a host of AWS itself: ${endpoint}. Set it to a local endpoint`;
  }
  return ignoresEndpoints(env, profile) ?? elsewhereForOneService(env, endpoint);
}

function ignoresEndpoints(env: NodeJS.ProcessEnv, profile: Surroundings['profile']): string | undefined {
  const [variable, setting] = ['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS', 'ignore_configured_endpoint_urls'];
  const isOn = (value: string | undefined) => value?.trim().toLowerCase() === 'true';
  const hidden = 'hides AWS_ENDPOINT_URL from the CDK CLI, so this could reach a real AWS account';
  if (isOn(env[variable])) {
    return `${variable} ${hidden}. Unset it`;
  }
  // The variable overrules the file.
  if (env[variable] || !isOn(profile.settings[setting])) {
    return undefined;
  }
  return `${setting} of the profile ${profile.name} in the AWS configuration files ${hidden}. Set ${variable}=false`;
}

function elsewhereForOneService(env: NodeJS.ProcessEnv, endpoint: string): string | undefined {
  const { hostname } = new URL(endpoint);
  const elsewhere = Object.entries(env).find(([name, value]) => {
    if (!name.startsWith('AWS_ENDPOINT_URL_') || !value) {
      return false;
    }
    const there = URL.canParse(value) ? new URL(value).hostname : value;
    return there !== hostname && !isLoopbackHost(there);
  });
  return elsewhere && `${elsewhere[0]} leads to ${elsewhere[1]}, and not to the endpoint in AWS_ENDPOINT_URL. Unset it`;
}

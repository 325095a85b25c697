import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { Released, ReleaseOptions } from '../../../../pipeline/release-options.ts';

interface Clients {
  readonly cloudFormation: CloudFormationClient;
  readonly lambda: LambdaClient;
}

/**
 * Combines a build with the config of a deploy: publishes its functions as versions that are kept, beside those that run,
 * and tries each. Only a release whose functions all pass gets a number. What runs goes on running, whatever happens.
 *
 * @throws UserError where the deploy or a smoke test fails
 */
export async function release(options: ReleaseOptions): Promise<Released> {
  const { target } = options;
  const clients = {
    cloudFormation: new CloudFormationClient(target.clients),
    // What runs may take all the concurrency that there is, for a moment.
    lambda: new LambdaClient({ ...target.clients, maxAttempts: 8 }),
  };
  try {
    return await releaseWith(clients, options);
  } finally {
    clients.cloudFormation.destroy();
    clients.lambda.destroy();
  }
}

/**
 * The steps, of the files in `pipeline/`. What one of them throws ends the release, and none after it is taken:
 *
 * - `findBuild` (build-store.ts) has the folder of the build; `assembledStack` (assembly/assembled-stack.ts) finds the stack in
 *   the folder `assembly` below it, by `build.stage` and `deploy`.
 * - `readStack` (deployed-stack.ts) reads the stack as it is deployed, undefined where there is none yet. `liveVersions`
 *   (versions.ts) tells which versions of it run.
 * - `deployBeside` (deploy-beside.ts) publishes the new versions, and holds in its place what it is told runs.
 * - `publishedVersions` (versions.ts) tells of a stack that was read *after* that which versions those are.
 * - `testVersions` (smoke-test.ts) tries versions, and returns the environment variables of each.
 * - `recordRelease` (record-release.ts) gives the release its number.
 * - `areLive` (versions.ts) tells whether versions are those that run: in a new stack they are. Then `noteFirstRun`
 *   (record-release.ts) notes it.
 */
async function releaseWith(_clients: Clients, _options: ReleaseOptions): Promise<Released> {
  throw new Error('TODO: take the steps, in an order in which nothing broken runs, and nothing broken has a number');
}

import { join } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { UserError } from '../terminal/command-line.ts';
import { assembledStack } from './assembly/assembled-stack.ts';
import { findBuild } from './build-store.ts';
import { deployBeside } from './deploy-beside.ts';
import { readStack } from './deployed-stack.ts';
import { noteFirstRun, recordRelease } from './record-release.ts';
import type { Released, ReleaseOptions } from './release-options.ts';
import { testVersions } from './smoke-test.ts';
import { areLive, liveVersions, publishedVersions } from './versions.ts';

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

async function releaseWith(clients: Clients, options: ReleaseOptions): Promise<Released> {
  const { build, deploy, releases, onProgress, signal } = options;
  const folder = await findBuild(build, releases);
  const assembled = assembledStack(join(folder, 'assembly'), build.stage, deploy);
  const running = await readStack(assembled.name, clients.cloudFormation, signal);
  const live = running ? await liveVersions(running, clients.lambda) : {};
  onProgress(`deploying build ${build.number} to ${assembled.name}, beside what runs`);
  await deployBeside(live, folder, assembled, options);
  const stack = await readStack(assembled.name, clients.cloudFormation, signal);
  if (!stack) {
    throw new UserError(`${options.target.name} does not know ${assembled.name}, which was just deployed.`);
  }
  const versions = publishedVersions(stack);
  onProgress('smoke-testing the new versions');
  const environment = await testVersions(versions, stack, clients.lambda, options);
  const runs = areLive(versions, await liveVersions(stack, clients.lambda));
  const { release, isNew } = await recordRelease(versions, environment, stack, options);
  if (runs) {
    await noteFirstRun(release, options);
  }
  return { release, isNew, runs };
}

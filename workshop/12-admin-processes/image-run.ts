import type { LambdaClient } from '@aws-sdk/client-lambda';
import { deployedEnvironment } from '../../client/factory/function-environment.ts';
import { runtimeProfile } from '../../functions/runtime/runtime-profile.ts';
import { buildTaskImage, NoContainer } from '../experiment/container-image.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';
import { removedBy } from './one-off.ts';

/**
 * Cleans up once in a container of the image of `functions/Dockerfile`, with the environment of the deployed function.
 * @param leaveWork - Called right before, where there is an image to run.
 * @returns how that ended, in words; or why it cannot be tried here
 */
export async function cleanUpInImage(
  snapshot: SnapshotUnderTest,
  lambda: LambdaClient,
  leaveWork: () => Promise<unknown>,
): Promise<string> {
  const { CleanupFunction } = snapshot.outputs();
  if (!CleanupFunction) {
    return 'not run: this snapshot has no cleanup of its own';
  }
  try {
    const image = await buildTaskImage(snapshot, runtimeProfile.architecture);
    const environment = await deployedEnvironment(CleanupFunction, lambda, snapshot.clients);
    await leaveWork();
    const { exitCode, stdout, stderr, isGone } = await image.run(['functions/cleanup/main.ts'], environment);
    const outcome = exitCode === 0 ? `removed ${removedBy(stdout)} orders` : stderr.trim().split('\n').at(-1);
    return `exit code ${exitCode}, ${outcome}, container ${isGone ? 'gone' : 'still there'}`;
  } catch (error) {
    if (!(error instanceof NoContainer)) {
      throw error;
    }
    return `not run: ${error.message}`;
  }
}

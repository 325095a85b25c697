import type { Job, JobContext } from '../job.ts';
import { reasonOf } from '../reason.ts';
import { cannotRun, doesNot, type Finding, works } from '../result.ts';

const Compose = ['compose', '-f', 'localstack-compose.yml'] as const;

/** The container of the compose file is beside its own LocalStack, and beside no other endpoint. */
export const composeCleanup: Job = {
  name: 'compose-cleanup',
  group: 'containers',
  rows: ['compose-cleanup'],
  run: async (context) => ({ 'compose-cleanup': await cleanUp(context) }),
};

async function cleanUp({ run, npm, endpoint }: JobContext): Promise<Finding> {
  const engine = await run('docker', 'version', '--format', '{{.Server.Version}}');
  if (engine.code !== 0) {
    return cannotRun(`needs Docker: ${reasonOf(engine)}`);
  }
  const compose = await run('docker', 'compose', 'version');
  if (compose.code !== 0) {
    return cannotRun('needs Docker with its compose plugin');
  }
  const published = await run('docker', ...Compose, 'port', 'localstack', '4566');
  if (published.code !== 0 || !published.stdout.includes(`:${new URL(endpoint).port}`)) {
    return cannotRun('this endpoint is not the LocalStack of the compose file');
  }
  const factory = await npm('start', '--once');
  if (factory.code !== 0) {
    return doesNot(reasonOf(factory));
  }
  const ended = await run('docker', ...Compose, 'run', '--rm', 'cleanup');
  return ended.code === 0 && ended.stdout.includes('"removed"') ? works : doesNot(reasonOf(ended));
}

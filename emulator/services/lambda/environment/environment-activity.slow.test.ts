import { expect, test, vi } from 'vitest';
import type { Activities } from '../../../wire/activity/event.ts';
import { zipOf } from '../function/zip.fixture.ts';
import { startLambda } from '../lambda.fixture.ts';

const quick = 'export const handler = async () => process.pid;';

/** Lambda, and what it tells. */
function start(options: Parameters<typeof startLambda>[0] = {}) {
  const told: Activities[] = [];
  const activity = { isRead: true, publish: (event: Activities) => void told.push(event) };
  return { ...startLambda({ ...options, activity }), told };
}

type Started = ReturnType<typeof start>;

test.each([
  {
    what: 'an environment that is idle for long',
    options: { timings: { idleTimeout: 100 } },
    does: ({ invoke }: Started) => invoke('f'),
    reason: 'scaledIn',
  },
  {
    what: 'an environment that makes room for another function',
    options: { maxEnvironments: 1 },
    does: async ({ deploy, invoke }: Started) => {
      await deploy('g', quick);
      await invoke('f');
      await invoke('g');
    },
    reason: 'scaledIn',
  },
  {
    what: 'an environment whose function is updated',
    does: async ({ invoke, operations }: Started) => {
      await invoke('f');
      await operations.UpdateFunctionCode({ FunctionName: 'f', ZipFile: zipOf(`${quick}\n`) });
    },
    reason: 'shutDown',
  },
  {
    what: 'a process that somebody else kills',
    does: async ({ invoke }: Started) => process.kill((await invoke('f')).result, 'SIGKILL'),
    reason: 'crashed',
  },
  {
    what: 'an initialisation that takes too long',
    options: { timings: { initTimeout: 200 } },
    code: 'await new Promise((resolve) => setTimeout(resolve, 10_000)); export const handler = async () => 1;',
    does: ({ invoke }: Started) => invoke('f'),
    reason: 'timedOut',
  },
])('$what: it ended because it was $reason', async ({ options = {}, code = quick, does, reason }) => {
  const lambda = start(options);
  await lambda.deploy('f', code);
  await does(lambda);
  const ended = expect.objectContaining({ type: 'environment.ended', function: 'f', reason });
  await vi.waitFor(() => expect(lambda.told).toContainEqual(ended));
});

test('an environment is started, then idle and busy in turns, and ends once', async () => {
  const lambda = start({ maxEnvironments: 1 });
  await lambda.deploy('f', quick);
  await lambda.invoke('f');
  await lambda.invoke('f');
  await lambda.close();
  const types = lambda.told.map(({ type }) => type).filter((type) => !type.startsWith('resource.'));
  const invocation = ['environment.idle', 'environment.busy', 'invocation.ended'];
  expect(types).toEqual(['environment.started', ...invocation, ...invocation, 'environment.idle', 'environment.ended']);
});

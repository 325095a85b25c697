import { expect, test } from 'vitest';
import { startLambda } from '../../lambda.fixture.ts';

const greedy = `
const kept = [];
const grow = () => { for (;;) kept.push(Buffer.alloc(1024 * 1024, 1)); };
export const handler = async ({ megabytes }) => {
  if (!megabytes) grow();
  for (let i = 0; i < megabytes; i++) kept.push(Buffer.alloc(1024 * 1024, 1));
  return kept.splice(0).length;
};`;

const onLinux = process.platform === 'linux';

// Elsewhere nothing tells what another process holds, without starting one to ask.
test.runIf(onLinux)(
  'a function that allocates without end is ended, and the next finds a new environment',
  async () => {
    const { deploy, invoke } = startLambda();
    await deploy('f', greedy, { MemorySize: 128, Timeout: 30 });
    expect(await invoke('f', { megabytes: 40 })).toMatchObject({ result: 40 });
    const { FunctionError, result, log } = await invoke('f', {}, { LogType: 'Tail' });
    expect([FunctionError, result]).toEqual([
      'Unhandled',
      {
        errorType: 'Runtime.OutOfMemory',
        errorMessage: expect.stringMatching(/^RequestId: [0-9a-f-]+ Error: Runtime exited with error: signal: killed$/),
      },
    ]);
    expect(log).toMatch(
      /Memory Size: 128 MB\tMax Memory Used: 128 MB\t.*Status: error\tError Type: Runtime\.OutOfMemory/,
    );
    expect(await invoke('f', { megabytes: 1 })).toMatchObject({ result: 1 });
  },
);

test.runIf(onLinux)('one that does so as it is loaded, too', async () => {
  const { deploy, invoke } = startLambda();
  await deploy('f', `${greedy}\ngrow();`, { MemorySize: 128, Timeout: 30 });
  expect(await invoke('f')).toMatchObject({ result: { errorType: 'Runtime.OutOfMemory' } });
});

test.runIf(onLinux)('so is one whose child process does', async () => {
  const { deploy, invoke } = startLambda();
  const grow = 'const kept = []; setInterval(() => kept.push(Buffer.alloc(8 * 1024 * 1024, 1)), 1)';
  const code = `import { spawn } from 'node:child_process';
    import { once } from 'node:events';
    export const handler = () => once(spawn(process.execPath, ['-e', ${JSON.stringify(grow)}]), 'exit');`;
  await deploy('f', code, { MemorySize: 128, Timeout: 60 });
  expect(await invoke('f')).toMatchObject({ result: { errorType: 'Runtime.OutOfMemory' } });
});

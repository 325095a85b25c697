import { expect, test } from 'vitest';
import { runCheck, runChecks } from './check.ts';
import { testFolder } from './folder.fixture.ts';

async function check(command: string, signal = new AbortController().signal): Promise<string[]> {
  const lines: string[] = [];
  await runCheck({ command, repository: await testFolder(), signal, onLine: (line) => lines.push(line) });
  return lines;
}

test('runs a line of the shell with the Node that runs this, and shows what it prints', async () => {
  expect(await check('node --version && echo done')).toEqual([process.version, 'done']);
});

test('a command that fails is told with its code', async () => {
  await expect(check('node --eval "process.exit(3)"')).rejects.toThrow('ended with 3');
});

test('an interruption ends what the shell has started', async () => {
  const interrupted = new AbortController();
  const started = runCheck({
    command: `node --eval "console.log('up'); setInterval(() => {}, 1000)" && echo never`,
    repository: await testFolder(),
    signal: interrupted.signal,
    onLine: () => interrupted.abort(new Error('Interrupted.')),
  });
  await expect(started).rejects.toThrow('Interrupted.');
});

test('checks run at the same time, and the first that fails ends the others', async () => {
  const repository = await testFolder();
  const checks = runChecks(['node --eval "setInterval(() => {}, 1000)"', 'node --eval "process.exit(3)"'], {
    repository,
    signal: new AbortController().signal,
    onLine: () => {},
  });
  await expect(checks).rejects.toThrow('ended with 3');
});

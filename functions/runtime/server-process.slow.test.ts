import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';

const signalsWork = process.platform !== 'win32';

function start(environment: NodeJS.ProcessEnv = {}, file = 'runtime/slow-server.fixture.ts') {
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', file)], {
    env: { ...process.env, PORT: '0', ...environment },
    stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const written = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream]?.on('data', (chunk: Buffer) => {
      written[stream] += chunk.toString();
    });
  }
  return { child, written, closed: once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]> };
}

/** A server that listens, and where. */
async function listening(environment?: NodeJS.ProcessEnv) {
  const server = start(environment);
  const line = /^listening on (\S+)$/m;
  await expect.poll(() => server.written.stderr).toMatch(line);
  return { ...server, url: line.exec(server.written.stderr)?.[1] ?? '' };
}

/** One that is in the middle of a slow request. */
async function busy() {
  const server = await listening();
  const slow = fetch(new URL('/slow', server.url));
  slow.catch(() => undefined);
  await expect.poll(() => server.written.stdout).toContain('busy');
  return { ...server, slow };
}

test.runIf(signalsWork).each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s drains', async (signal) => {
  const { child, url, slow, closed } = await busy();
  child.kill(signal);
  await expect.poll(() => fetch(url).then(String, () => 'refused')).toBe('refused');
  child.stdin?.write('go on');
  expect(await (await slow).text()).toBe('done');
  expect(await closed).toEqual([0, null]);
});

test.runIf(signalsWork)('one Ctrl-C that arrives twice drains', async () => {
  const { child, url, slow, closed } = await busy();
  child.kill('SIGINT');
  child.kill('SIGTERM');
  await expect.poll(() => fetch(url).then(String, () => 'refused')).toBe('refused');
  child.stdin?.write('go on');
  expect((await slow).status).toBe(200);
  expect(await closed).toEqual([0, null]);
});

test.runIf(signalsWork)('a second SIGTERM ends it at once', async () => {
  const { child, slow, closed } = await busy();
  const ended = closed.then(() => true);
  do {
    child.kill('SIGTERM');
  } while (!(await Promise.race([ended, wait(50, false)])));
  await expect(slow).rejects.toThrow();
  expect(await closed).toEqual([143, null]);
});

test('a server whose parent is gone ends', async () => {
  const { child } = await listening();
  // After a disconnect, Node does not tell of the close.
  const exited = once(child, 'exit');
  child.disconnect();
  expect(await exited).toEqual([0, null]);
});

test('HOST is where it listens', async () => {
  const { url } = await listening({ HOST: '0.0.0.0' });
  expect(url).toMatch(/^http:\/\/0\.0\.0\.0:\d+\/$/);
});

test('a port in use is one line, and a clear one', async () => {
  const { url } = await listening();
  const { port } = new URL(url);
  const { written, closed } = start({ PORT: port });
  expect(await closed).toEqual([1, null]);
  expect(written.stderr).toMatch(
    new RegExp(`^The port of PORT is in use \\(.*:${port}\\)\\. Set PORT to another.*\\n$`),
  );
});

test.each([
  [{ PORT: '' }, 'Environment variables that are not set: PORT'],
  [{ PORT: 'http' }, 'PORT must be a whole number of 0 or more, and is "http"'],
  [{ PORT: '65536' }, 'PORT must be at most 65535, and is "65536"'],
])('%j is one line', async (environment, line) => {
  const { written, closed } = start(environment);
  expect(await closed).toEqual([1, null]);
  expect(written.stderr).toBe(`${line}\n`);
});

test.each([
  ['ordering/server.ts', { PORT: '0', ORDER_TABLE: '' }, 'ORDER_TABLE'],
  ['metrics/server.ts', { METRICS_PORT: '0', SATISFACTION_TABLE: '' }, 'SATISFACTION_TABLE'],
  ['metrics/server.ts', { METRICS_PORT: '' }, 'METRICS_PORT'],
])('%s with %j says in one line what it lacks', async (file, environment, variable) => {
  const { written, closed } = start(environment, file);
  expect(await closed).toEqual([1, null]);
  expect(written.stderr).toMatch(new RegExp(`^Environment variables that are not set: .*${variable}.*\\n$`));
});

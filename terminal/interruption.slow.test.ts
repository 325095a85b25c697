import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { Lambda } from '@aws-sdk/client-lambda';
import { strToU8, zipSync } from 'fflate';
import { expect, onTestFinished, test } from 'vitest';
import { scratchFolder, startCommand } from './command.fixture.ts';

const signalsWork = process.platform !== 'win32';
const answers = (url: string) => fetch(new URL('/_emulator/health', url)).then(Boolean, () => false);

/** The URL that an endpoint says it serves at. */
async function serving(child: ChildProcessByStdio<null, Readable, Readable>): Promise<string> {
  for await (const line of createInterface(child.stdout)) {
    const url = /serves at (\S+)\. /.exec(line)?.[1];
    if (url) {
      return url;
    }
  }
  throw new Error('It ended and never served.');
}

/** Has an endpoint unpack and start something. Returns the id of the process. */
async function invoke(endpoint: string): Promise<number> {
  const lambda = new Lambda({
    endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const code = 'export const handler = async () => process.pid;';
  await lambda.createFunction({
    FunctionName: 'f',
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Role: 'arn:aws:iam::000000000000:role/r',
    Code: { ZipFile: zipSync({ 'index.mjs': strToU8(code) }) },
  });
  const { Payload } = await lambda.invoke({ FunctionName: 'f' });
  lambda.destroy();
  return Number(Payload?.transformToString());
}

const isThere = (processId: number): boolean => {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
};

test.runIf(signalsWork).each([
  ['SIGINT', 0],
  ['SIGTERM', 0],
  ['SIGHUP', 0],
] as const)('on %s an endpoint leaves no process and no file', async (signal, exitCode) => {
  const temporary = scratchFolder();
  const { child, ended } = startCommand('emulator', ['--port', '0'], { TMPDIR: temporary });
  const url = await serving(child);
  const processId = await invoke(url);
  // As a terminal that is closed does: its shell and its driver both tell.
  child.kill(signal);
  if (signal === 'SIGHUP') {
    child.kill(signal);
  }
  expect((await ended).code).toBe(exitCode);
  expect(isThere(processId)).toBe(false);
  expect(readdirSync(temporary)).toEqual([]);
});

test.runIf(signalsWork)('an endpoint in the background ends with the npm that runs it', async () => {
  const temporary = scratchFolder();
  const npm = spawn('npm', ['run', 'emulator', '--', '--port', '0'], {
    cwd: join(import.meta.dirname, '..'),
    env: { ...process.env, TMPDIR: temporary, AWS_ENDPOINT_URL: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  onTestFinished(() => {
    try {
      process.kill(-(npm.pid ?? 0), 'SIGKILL');
    } catch {
      // All of it has ended.
    }
  });
  const url = await serving(npm);
  const exited = once(npm, 'exit');
  npm.kill('SIGTERM');
  await exited;
  await expect.poll(() => answers(url)).toBe(false);
  // npm itself keeps a compile cache there.
  const left = () => readdirSync(temporary).filter((name) => name !== 'node-compile-cache');
  await expect.poll(left).toEqual([]);
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { startEmulator } from '../../../../index.ts';
import { isAlive, startLambda } from '../../lambda.fixture.ts';
import { EndpointDirectory, sweepEndpointDirectories } from './endpoint-directory.ts';

/** Answers its own process id, and that of a child which is there until it is ended. */
const starting = (options: string) => `
  import { spawn } from 'node:child_process';
  import { once } from 'node:events';
  let child;
  export const handler = async ({ forEver }) => {
    if (forEver) for (;;);
    child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], ${options});
    await once(child, 'spawn');
    child.unref();
    return child.pid;
  };`;
const children: readonly (readonly [string, string])[] = [
  ['with its output', "{ stdio: 'inherit' }"],
  ['in the background', "{ stdio: 'ignore' }"],
  // A session of its own: not found by its process group.
  ...(process.platform === 'linux' ? [['detached', "{ stdio: 'ignore', detached: true }"] as const] : []),
];
const childrenEnd = process.platform !== 'win32';

describe.runIf(childrenEnd)('what a function started ends', () => {
  test.each(children)('with its environment: %s', async (_how, options) => {
    const { deploy, invoke, environments } = startLambda();
    await deploy('f', starting(options));
    const { result } = await invoke('f');
    expect(isAlive(result)).toBe(true);
    environments('f')[0]?.kill();
    await vi.waitFor(() => expect(isAlive(result)).toBe(false));
  });

  test.each(children)('before the endpoint is closed: %s', async (_how, options) => {
    const { deploy, invoke, close } = startLambda();
    await deploy('f', starting(options));
    const { result } = await invoke('f');
    expect(isAlive(result)).toBe(true);
    await close();
    expect(isAlive(result)).toBe(false);
  });

  test.runIf(process.platform === 'linux')('also what its children started, and they are gone themselves', async () => {
    const { deploy, invoke, close } = startLambda();
    await deploy(
      'f',
      `import { execFileSync } from 'node:child_process';
       export const handler = async () => Number(execFileSync('sh', ['-c', 'setsid sleep 1000 >/dev/null 2>&1 & echo $!']));`,
    );
    const { result } = await invoke('f');
    await vi.waitFor(() => expect(isAlive(result)).toBe(true));
    await close();
    expect(isAlive(result)).toBe(false);
  });
});

/** A process of an endpoint, with one environment that is at work for ever. */
async function startEndpointProcess(code: string) {
  const endpoint = spawn(process.execPath, [join(import.meta.dirname, 'killed-endpoint.fixture.ts'), code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void endpoint.kill('SIGKILL'));
  const [line] = await once(endpoint.stdout, 'data');
  const started = JSON.parse(String(line)) as { answer: unknown; processId: number; directory: string };
  const kill = async () => {
    endpoint.kill('SIGKILL');
    await once(endpoint, 'exit');
  };
  return { ...started, kill };
}

const waits = 'await new Promise((resolve) => setTimeout(resolve, 60_000));';

describe('where the process of the endpoint is killed, nothing is left of', () => {
  test.each([
    ['a function that waits', `export const handler = async ({ forEver }) => { if (forEver) ${waits} };`],
    ['a function that never gives way', 'export const handler = async ({ forEver }) => { while (forEver); };'],
    [
      'a function that lets go of its stdin',
      `process.stdin.removeAllListeners(); process.stdin.destroy();
       process.on('SIGTERM', () => {}); process.on('SIGHUP', () => {});
       export const handler = async ({ forEver }) => { if (forEver) ${waits} };`,
    ],
  ])('%s', async (_what, code) => {
    const { processId, directory, kill } = await startEndpointProcess(code);
    expect(isAlive(processId)).toBe(true);
    expect(existsSync(directory)).toBe(true);
    await kill();
    await vi.waitFor(() => expect(isAlive(processId)).toBe(false));
    await vi.waitFor(() => expect(existsSync(directory)).toBe(false));
  });

  test.runIf(childrenEnd).each(children)('what a function started: %s', async (_how, options) => {
    const { answer, processId, kill } = await startEndpointProcess(starting(options));
    expect(isAlive(Number(answer))).toBe(true);
    await kill();
    await vi.waitFor(() => expect([processId, Number(answer)].map(isAlive)).toEqual([false, false]));
  });
});

describe('directories that were left behind', () => {
  let temporary: string;
  beforeEach(() => {
    temporary = mkdtempSync(join(realpathSync.native(tmpdir()), 'sweep-test-'));
    for (const name of ['TMPDIR', 'TEMP', 'TMP']) {
      vi.stubEnv(name, temporary);
    }
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(temporary, { recursive: true, force: true });
  });

  /** A directory of an endpoint that was killed before it had an environment, and with it a watchdog. */
  async function leftBehind(): Promise<string> {
    const url = new URL('endpoint-directory.ts', import.meta.url);
    const script = `const { EndpointDirectory } = await import('${url}'); console.log(new EndpointDirectory().path); setInterval(() => {}, 1000);`;
    const owner = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [path] = await once(owner.stdout, 'data');
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    return String(path).trim();
  }

  test('are removed when an endpoint starts, with all that is in them', async () => {
    const left = await leftBehind();
    mkdirSync(join(left, 'code', 'x'), { recursive: true });
    writeFileSync(join(left, 'code', 'x', 'index.mjs'), '');
    if (process.platform !== 'win32') {
      chmodSync(join(left, 'code', 'x', 'index.mjs'), 0o000);
    }
    const emulator = await startEmulator({ port: 0 });
    await vi.waitFor(() => expect(existsSync(left)).toBe(false));
    await emulator.close();
  });

  test('are told from those of the living, and from what is not ours', async () => {
    const left = await leftBehind();
    const living = new EndpointDirectory();
    const foreign = join(temporary, 'lambda-project');
    mkdirSync(foreign);
    writeFileSync(join(temporary, 'lambda-notes'), '');
    await sweepEndpointDirectories();
    expect([left, living.path, foreign, join(temporary, 'lambda-notes')].map((path) => existsSync(path))).toEqual([
      false,
      true,
      true,
      true,
    ]);
    await living.remove();
    expect(existsSync(living.path)).toBe(false);
  });
});

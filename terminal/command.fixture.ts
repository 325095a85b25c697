import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

/** What became of a command. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** An endpoint where nothing listens: else a command would take one for its own that another process has on the default port. */
const nowhere = 'http://127.0.0.1:1';

/** Has a command that can start an endpoint of its own do so. */
export const ownEndpoint = { AWS_ENDPOINT_URL: '' } as const;

/**
 * Starts a command as `npm run` does, with no endpoint to be found. One that outlives its test is ended. The CDK CLI lets no two
 * processes synthesise into one folder, so each command has its own.
 */
export function startCommand(
  script: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): { readonly child: ChildProcessByStdio<null, Readable, Readable>; readonly ended: Promise<Ran> } {
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', 'scripts', `${script}.ts`), ...args], {
    cwd: join(import.meta.dirname, '..'),
    env: { ...process.env, AWS_ENDPOINT_URL: nowhere, CDK_OUTPUT: scratchFolder(), CI: 'true', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const closed = once(child, 'close');
  const ended = Promise.all([text(child.stdout), text(child.stderr), closed]);
  return { child, ended: ended.then(([stdout, stderr]) => ({ code: child.exitCode, stdout, stderr })) };
}

/** Runs a command to its end. */
export const runCommandLine = (...started: Parameters<typeof startCommand>): Promise<Ran> =>
  startCommand(...started).ended;

/** A folder that goes with the test. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

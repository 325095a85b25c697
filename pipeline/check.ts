import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { endOf } from '../terminal/child.ts';
import { UserError } from '../terminal/command-line.ts';

/** What source must pass before it is built, unless something else is asked for: its types, and its quick tests. */
export const defaultChecks: readonly string[] = ['tsc', 'vitest run --project unit functions'];

export interface CheckOptions {
  /** A line for the shell. Commands of the project's packages are found by their names, as in an npm script. */
  readonly command: string;
  /** The folder to run it in. */
  readonly repository: string;
  readonly signal: AbortSignal;
  /** Is given each line that it prints. */
  readonly onLine: (line: string) => void;
}

/** Runs a check to its end. @throws UserError where it does not pass */
export async function runCheck({ command, repository, signal, onLine }: CheckOptions): Promise<void> {
  signal.throwIfAborted();
  const child = spawn(command, {
    cwd: repository,
    shell: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    // What it prints is read in a pipe, and shown where it failed.
    env: { ...withoutColour(process.env), PATH: pathFor(repository) },
    // A group of its own, so that what the shell has started ends with it.
    detached: process.platform !== 'win32',
  });
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on('line', onLine);
  }
  const code = await endOf(child, signal, () => endGroup(child.pid));
  signal.throwIfAborted();
  if (code !== 0) {
    throw new UserError(`The check did not pass (${command} ended with ${code}), so nothing was built.`);
  }
}

/** Runs checks at the same time. Where one does not pass, the others are ended. @throws UserError */
export async function runChecks(
  commands: readonly string[],
  { signal, ...options }: Omit<CheckOptions, 'command'>,
): Promise<void> {
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const checks = commands.map((command) =>
    runCheck({ ...options, command, signal: either }).catch((error: unknown) => {
      failed.abort(error);
      throw error;
    }),
  );
  await Promise.allSettled(checks);
  signal.throwIfAborted();
  failed.signal.throwIfAborted();
}

const withoutColour = ({ FORCE_COLOR: _, ...environment }: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...environment,
  NO_COLOR: '1',
});

function pathFor(repository: string): string {
  const ours = [join(repository, 'node_modules', '.bin'), dirname(process.execPath)];
  return [...ours, process.env['PATH'] ?? ''].join(delimiter);
}

function endGroup(processId: number | undefined): void {
  if (processId === undefined) {
    return;
  }
  try {
    process.kill(process.platform === 'win32' ? processId : -processId, 'SIGTERM');
  } catch (error) {
    // It has ended by itself meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
      throw error;
    }
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { text } from 'node:stream/consumers';
import { UserError } from './command-line.ts';
import { crashIn } from './crash.ts';

/**
 * Waits until a child process has ended and its output is read, also after an abort, and returns its exit code: of one
 * that a signal ended, 128 and the signal's number, as shells have it.
 * @param signal - Ends the child when it is aborted.
 * @param end - How the child is ended. @default - with SIGTERM
 * @throws what it could not be started for
 */
export async function endOf(
  child: ChildProcess,
  signal?: AbortSignal,
  end: () => unknown = () => child.kill('SIGTERM'),
): Promise<number> {
  const onAbort = () => void end();
  if (signal?.aborted) {
    onAbort();
  }
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const [code, by] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    return code ?? 128 + (by ? constants.signals[by] : 0);
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
}

export interface NodeRunOptions {
  /** The folder to run in. */
  readonly cwd: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Ends it when it is aborted. */
  readonly signal: AbortSignal;
  /** What fails when it fails, for a person to read. */
  readonly what: string;
}

/**
 * Runs a script of a copy of the repository, and returns when it has ended, also after an abort: whoever removes the
 * folder then has it for himself.
 * @throws UserError with what it printed, when it fails
 */
export async function runNode(
  args: readonly string[],
  { cwd, environment, signal, what }: NodeRunOptions,
): Promise<void> {
  signal.throwIfAborted();
  const child = spawn(process.execPath, args, { cwd, env: environment, stdio: ['ignore', 'ignore', 'pipe'] });
  const [printed, code] = await Promise.all([text(child.stderr), endOf(child, signal)]);
  signal.throwIfAborted();
  if (code !== 0) {
    throw new UserError(`${what} failed: ${crashIn(printed) ?? (printed.trim() || `it ended with ${code}`)}`);
  }
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { UserError } from './command-line.ts';

export interface NodeRun {
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
export async function runNode(args: readonly string[], { cwd, environment, signal, what }: NodeRun): Promise<void> {
  signal.throwIfAborted();
  const child = spawn(process.execPath, args, { cwd, env: environment, stdio: ['ignore', 'ignore', 'pipe'] });
  const end = () => child.kill('SIGTERM');
  signal.addEventListener('abort', end, { once: true });
  const [printed] = await Promise.all([text(child.stderr), once(child, 'close')]);
  signal.removeEventListener('abort', end);
  signal.throwIfAborted();
  if (child.exitCode !== 0) {
    throw new UserError(`${what} failed: ${printed.trim() || `it ended with ${child.exitCode}`}`);
  }
}

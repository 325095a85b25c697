import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { BuildEntry, ReleaseEntry } from '../../pipeline/ledger.ts';
import { UserError } from '../../terminal/user-error.ts';

/** What a release step is asked for. */
export interface ReleaseOrder {
  /** The file with the step: it exports `release`. */
  readonly file: string;
  /** URL of the endpoint to release at. */
  readonly endpoint: string;
  /** Whether that is an embedded AWS, which can do without the CDK CLI. */
  readonly isDirect: boolean;
  /** Folder of the builds and the ledger. */
  readonly releases: string;
  readonly build: BuildEntry;
  readonly deploy: string;
  readonly by: string;
}

/** What the thread of a release step says: that it is not stuck, and how it ended. */
export type ReleaseReport =
  | { readonly isAlive: true }
  | { readonly release: ReleaseEntry }
  | { readonly failure: { readonly name: string; readonly message: string } };

export interface Patience {
  /** Signs of life that may be missed in a row: a loop that waits for nothing sends none. @default 80, which are 8 s */
  readonly beats?: number;
  /** Milliseconds that a release may take. @default two minutes */
  readonly milliseconds?: number;
}

/** Milliseconds between two signs of life. */
export const beatMs = 100;
/** What a release that was stopped may take to end what it started, in milliseconds. */
const stopMs = 2_000;

/**
 * Takes a release step in a thread of its own, because an attendee's may have a loop without an end, which would stop
 * everything else in its thread.
 * @throws UserError where the step throws one
 * @throws Error where it does not end
 */
export async function releaseApart(
  order: ReleaseOrder,
  signal: AbortSignal,
  { beats = 80, milliseconds = 120_000 }: Patience = {},
): Promise<ReleaseEntry> {
  signal.throwIfAborted();
  const worker = new Worker(join(import.meta.dirname, 'release-worker.ts'), { workerData: order });
  const exited = once(worker, 'exit');
  const { promise, resolve, reject } = Promise.withResolvers<ReleaseEntry>();
  let [missed, total] = [0, 0];
  // Counted in turns of this thread: where the machine leaves it no time, the other one is not to blame.
  const pulse = setInterval(() => {
    missed += 1;
    total += beatMs;
    if (missed >= beats) {
      reject(new Error('release.ts has a loop without an end, which waits for nothing: see releaseWith.'));
    } else if (total >= milliseconds) {
      reject(new Error('release.ts does not end: see what releaseWith waits for.'));
    }
  }, beatMs);
  const interrupt = () => reject(signal.reason);
  signal.addEventListener('abort', interrupt, { once: true });
  worker.on('message', (report: ReleaseReport) => {
    missed = 0;
    if ('release' in report) {
      resolve(report.release);
    } else if ('failure' in report) {
      reject(failureOf(report.failure));
    }
  });
  worker.once('error', reject);
  worker.once('exit', () => reject(new Error('release.ts ended the process.')));
  try {
    return await promise;
  } finally {
    clearInterval(pulse);
    signal.removeEventListener('abort', interrupt);
    worker.postMessage('stop');
    await Promise.race([exited, pause(stopMs, undefined, { ref: false })]);
    await worker.terminate();
  }
}

const failureOf = ({ name, message }: { readonly name: string; readonly message: string }): Error =>
  name === 'UserError' ? new UserError(message) : new Error(message);

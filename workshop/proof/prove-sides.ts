import { setTimeout as pause } from 'node:timers/promises';
import type { Experiment, Findings } from '../experiment/experiment.ts';
import { type MachineLoad, watchMachine } from '../experiment/machine-load.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';
import { failed, judge, type Verdict } from './verdict.ts';

/** The two sides of a proof, deployed. They may be the same snapshot, which must not prove anything. */
export interface Sides {
  readonly before: SnapshotUnderTest;
  readonly after: SnapshotUnderTest;
}

export type SideName = keyof Sides;

export interface Observed {
  readonly verdict: Verdict;
  /** How long each side was looked at. */
  readonly seconds: Readonly<Partial<Record<SideName, number>>>;
  /** How busy the machine was meanwhile. */
  readonly load: Readonly<Partial<Record<SideName, MachineLoad>>>;
}

export interface ProveOptions {
  readonly signal: AbortSignal;
  /** Called when a side's turn has come. @default - not called */
  readonly onSide?: (side: SideName) => void;
  /** Milliseconds that an experiment has to clean up after it was interrupted. @default 5000 */
  readonly grace?: number;
}

/**
 * Looks at both sides, one after the other so that they do not disturb each other, and judges what was found.
 * An experiment that throws proves nothing, and its reason is in the verdict.
 * @throws the signal's reason, when it is aborted
 */
export async function prove(experiment: Experiment, sides: Sides, options: ProveOptions): Promise<Observed> {
  const found: Partial<Record<SideName, Findings>> = {};
  const seconds: Partial<Record<SideName, number>> = {};
  const load: Partial<Record<SideName, MachineLoad>> = {};
  for (const side of ['before', 'after'] as const) {
    options.signal.throwIfAborted();
    options.onSide?.(side);
    const started = performance.now();
    const watch = watchMachine();
    try {
      found[side] = await observe(experiment, sides[side], options);
    } catch (error) {
      options.signal.throwIfAborted();
      return { verdict: failed(whyFailed(side, sides[side], error)), seconds, load };
    } finally {
      seconds[side] = (performance.now() - started) / 1000;
      load[side] = watch.stop();
    }
  }
  return { verdict: judge(experiment, found.before ?? {}, found.after ?? {}, Object.values(load)), seconds, load };
}

/** One look, given up when it is interrupted, but not before it had time to clean up. */
async function observe(experiment: Experiment, snapshot: SnapshotUnderTest, options: ProveOptions): Promise<Findings> {
  const { signal, grace = 5000 } = options;
  const over = new AbortController();
  const look = experiment.observe(snapshot).finally(() => over.abort());
  const interruption = new Promise<never>((_resolve, reject) => {
    const interrupt = () => {
      pause(grace, undefined, { signal: over.signal })
        .catch(() => {})
        .finally(() => reject(signal.reason));
    };
    signal.addEventListener('abort', interrupt, { once: true });
    over.signal.addEventListener('abort', () => signal.removeEventListener('abort', interrupt), { once: true });
  });
  return await Promise.race([look, interruption]);
}

function whyFailed(side: SideName, { number }: SnapshotUnderTest, error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return `The experiment broke off on the snapshot ${side} (${number}): ${reason}`;
}

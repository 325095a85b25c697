import { setTimeout as pause } from 'node:timers/promises';
import type { Experiment, Findings } from '../experiment/experiment.ts';
import { type MachineLoad, type MachineWatch, watchMachine } from '../experiment/machine-load.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';
import { failed, judge, stoppedBy, type Verdict } from './verdict.ts';

/** What was found on a snapshot earlier. */
export interface Measured {
  readonly findings: Findings;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** The two sides of a proof, deployed. They may be the same snapshot, which must not prove anything. */
export interface Sides {
  readonly before: SnapshotUnderTest | Measured;
  /** One that takes the place of the snapshot before is deployed when that one was looked at. */
  readonly after: SnapshotUnderTest | (() => Promise<SnapshotUnderTest>);
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
  /** What tells how busy the machine is. @default - this machine */
  readonly watch?: () => MachineWatch;
}

/**
 * Looks at both sides, one after the other so that they do not disturb each other, and judges what was found.
 * An experiment that throws proves nothing, and its reason is in the verdict; on a busy machine it refutes nothing either.
 * @throws the signal's reason, when it is aborted
 */
export async function prove(experiment: Experiment, sides: Sides, options: ProveOptions): Promise<Observed> {
  const found: Partial<Record<SideName, Findings>> = {};
  const seconds: Partial<Record<SideName, number>> = {};
  const load: Partial<Record<SideName, MachineLoad>> = {};
  for (const side of ['before', 'after'] as const) {
    options.signal.throwIfAborted();
    const given = sides[side];
    if ('findings' in given) {
      found[side] = given.findings;
      continue;
    }
    const snapshot = typeof given === 'function' ? await given() : given;
    options.onSide?.(side);
    const started = performance.now();
    const watch = (options.watch ?? watchMachine)();
    try {
      found[side] = await observe(experiment, snapshot, options);
    } catch (error) {
      options.signal.throwIfAborted();
      return { verdict: failed(whyFailed(side, snapshot, error), [watch.stop()]), seconds, load };
    } finally {
      seconds[side] = (performance.now() - started) / 1000;
      load[side] = watch.stop();
    }
    const stopped = stoppedBy(judge(experiment, found.before ?? {}, found.after ?? {}), side, Object.values(load));
    if (stopped) {
      return { verdict: stopped, seconds, load };
    }
  }
  return { verdict: judge(experiment, found.before ?? {}, found.after ?? {}, Object.values(load)), seconds, load };
}

/** One look, given up when it is interrupted, but not before it had time to clean up. */
async function observe(experiment: Experiment, snapshot: SnapshotUnderTest, options: ProveOptions): Promise<Findings> {
  const { signal, grace = 5000 } = options;
  const over = new AbortController();
  const look = lookAt(experiment, snapshot).finally(() => over.abort());
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

/** All that an experiment finds; as much as it found until a guard did not hold. */
async function lookAt(experiment: Experiment, snapshot: SnapshotUnderTest): Promise<Findings> {
  const looking = experiment.observe(snapshot);
  if (!(Symbol.asyncIterator in looking)) {
    return await looking;
  }
  let found: Findings = {};
  for await (const more of looking) {
    found = { ...found, ...more };
    if (stoppedBy(judge(experiment, more, more), 'after')) {
      break;
    }
  }
  return found;
}

function whyFailed(side: SideName, { number }: SnapshotUnderTest, error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return `The experiment broke off on the snapshot ${side} (${number}): ${reason}`;
}

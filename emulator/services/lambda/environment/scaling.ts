/** What is known where environments of a version may be started. Times are in milliseconds, on one clock. */
export interface Load {
  /** When each invocation came that waits for an environment. */
  readonly waitingSince: readonly number[];
  /** Environments that have started. */
  readonly ready: number;
  /** When the first of them was ready; undefined while none is. */
  readonly readySince: number | undefined;
  /** Whether the last start failed: then no other is waited for. */
  readonly startFailed: boolean;
  /** What a start takes; undefined while none is known. */
  readonly startMs: number | undefined;
  /** What an invocation takes in an environment that has had one before; undefined while none is known. */
  readonly invocationMs: number | undefined;
  /** After how long an invocation that waits gets another environment, whatever is known. @default - see `startDelayOf` */
  readonly startDelay: number | undefined;
}

/** One that takes longer than this hangs, where others take less than a start. So does the first start of all. */
const quickMs = 1_000;

/**
 * How many environments are to be starting. On AWS each invocation that finds none free gets another at once: there
 * are machines enough ("Understanding Lambda function scaling"). Here they share a few cores, and each start takes from
 * those that work. So an invocation waits while those that work may be done with all that waits before another could be
 * there. It gets another at once where they are known to take longer, and otherwise when it has waited in vain.
 */
export function startsWanted(load: Load, now: number): number {
  const waiting = load.waitingSince.length;
  if (load.startFailed) {
    return waiting;
  }
  const overdue = load.waitingSince.filter((since) => overdueAt(since, load) <= now).length;
  return Math.min(waiting, Math.max(overdue, startsForSpeed(load), load.ready === 0 ? 1 : 0));
}

/** When `startsWanted` grows by itself, though nothing happens; undefined where it does not. */
export function nextOverdueAt(load: Load, now: number): number | undefined {
  const later = load.waitingSince.map((since) => overdueAt(since, load)).filter((at) => at > now);
  return later.length === 0 ? undefined : Math.min(...later);
}

/** Before there is an environment, nothing is known of how long one takes, but that the first start should be over soon. */
const overdueAt = (since: number, load: Load): number =>
  load.readySince === undefined
    ? since + (load.startDelay ?? quickMs)
    : Math.max(since, load.readySince) + (load.startDelay ?? startDelayOf(load));

const startDelayOf = ({ startMs = 0, invocationMs }: Load): number =>
  invocationMs === undefined ? startMs : Math.max(startMs, quickMs);

/** As many as make what waits wait no longer than a start takes. */
function startsForSpeed({ waitingSince, ready, startMs, invocationMs }: Load): number {
  if (startMs === undefined || invocationMs === undefined) {
    return 0;
  }
  return Math.ceil((waitingSince.length * invocationMs) / startMs) - ready;
}

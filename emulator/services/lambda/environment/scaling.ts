/** What is known where environments of a version may be started. Times are in milliseconds, on one clock. */
export interface Load {
  /** The invocations that wait for an environment. */
  readonly waiting: number;
  /** When the first of them came. */
  readonly waitingSince: number | undefined;
  /** Environments that have started. */
  readonly ready: number;
  /** Whether the last start failed: then no other is waited for. */
  readonly startFailed: boolean;
  /** What a start takes; undefined while none is known. */
  readonly startMs: number | undefined;
  /** What invocations take in an environment that has had one before, on the average; undefined while none is known. */
  readonly averageMs: number | undefined;
  /** What the longest of them took lately. */
  readonly longestMs: number;
  /** When the invocation began that is at work for the longest time. */
  readonly atWorkSince: number | undefined;
  /** What an invocation takes at least that takes long. @default - what a start takes */
  readonly longMs: number | undefined;
}

/** What the first start may take before it counts as one that hangs. */
const firstStartMs = 1_000;

/**
 * How many environments are to be starting. On AWS each invocation that finds none free gets another at once: there
 * are machines enough ("Understanding Lambda function scaling"). Here they share a few cores, and each start takes from
 * those that work. So it is as on AWS where invocations take as long as a start, or one did lately, or one at work does.
 * Where they are quick, those that wait get as many as make the wait no longer than a start; and before anything is known, none
 * but the first.
 */
export function startsWanted(load: Load, now: number): number {
  const { waiting, ready, startFailed } = load;
  if (startFailed || takesLong(load, now)) {
    return waiting;
  }
  if (ready === 0) {
    return firstStartHangs(load, now) ? waiting : Math.min(waiting, 1);
  }
  return Math.min(waiting, Math.max(0, startsForQuick(load)));
}

/** When `startsWanted` grows by itself, though nothing happens; undefined where it does not. */
export function growsAt({ waitingSince, ready, atWorkSince, ...load }: Load, now: number): number | undefined {
  if (waitingSince === undefined) {
    return undefined;
  }
  const at = ready === 0 ? waitingSince + firstStartMs : (atWorkSince ?? now) + longMsOf(load);
  return at > now && Number.isFinite(at) ? at : undefined;
}

const longMsOf = ({ longMs, startMs = Number.POSITIVE_INFINITY }: Pick<Load, 'longMs' | 'startMs'>): number =>
  longMs ?? startMs;

const takesLong = (load: Load, now: number): boolean =>
  Math.max(load.longestMs, now - (load.atWorkSince ?? now)) >= longMsOf(load);

const firstStartHangs = ({ waitingSince = Number.POSITIVE_INFINITY }: Load, now: number): boolean =>
  now - waitingSince >= firstStartMs;

function startsForQuick({ waiting, ready, startMs, averageMs }: Load): number {
  if (startMs === undefined || averageMs === undefined) {
    return 0;
  }
  return Math.ceil((waiting * averageMs) / startMs) - ready;
}

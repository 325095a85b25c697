import { setTimeout as pause } from 'node:timers/promises';

// No load library: most are closed-loop (a connection waits for its answer before it sends again), correct for coordinated
// omission afterwards by what they make up, and know no customers of several steps.

/** A stretch of time with the same rate all through. Times are in milliseconds from the start of the measurement. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  /** Arrivals a second. */
  readonly rate: number;
}

/**
 * When customers arrive, in order: at random, as people do who do not know of each other, and yet as many as were asked
 * for. That is a Poisson process of which it is known how often it fired: a number of moments, each anywhere in its stretch.
 * The same seed gives the same moments.
 */
export function arrivalsIn(stretches: readonly Stretch[], seed: number): number[] {
  const random = randomFrom(seed);
  return stretches.flatMap(({ from, to, rate }) => {
    const count = Math.round((rate * (to - from)) / 1000);
    return Array.from({ length: count }, () => from + random() * (to - from)).sort((a, b) => a - b);
  });
}

/** The time of a measurement. */
export interface Stopwatch {
  /** Milliseconds since the measurement began; less than 0 while warming up. */
  now(): number;
  /** Resolves at a moment, at once where it is past. Timers are exact to a millisecond or two. @throws the reason of an abort */
  until(moment: number): Promise<void>;
}

/** A stopwatch whose measurement begins after a time in milliseconds. */
export function startStopwatch(beginsIn: number, signal?: AbortSignal): Stopwatch {
  const begin = performance.now() + beginsIn;
  const now = () => performance.now() - begin;
  return {
    now,
    until: async (moment) => {
      signal?.throwIfAborted();
      const wait = moment - now();
      if (wait > 0) {
        await pause(wait, undefined, signal ? { signal } : {}).catch(() => signal?.throwIfAborted());
      }
    },
  };
}

export interface OpenLoopOptions {
  /** Moments in order, on the stopwatch. */
  readonly arrivals: readonly number[];
  readonly stopwatch: Stopwatch;
  /** What an arrival does. It settles when the customer leaves; what it rejects with ends the run. */
  readonly arrive: (dueAt: number, index: number) => Promise<void>;
}

/**
 * Has each customer arrive when it is due, whatever the others are doing: a slow answer to one keeps no
 * other waiting. Resolves when all have left. Where this process itself falls behind, those that are late arrive at once, and know
 * when they were due.
 *
 * @throws what the first customer failed with, or the reason of an abort, when all that had arrived are gone
 */
export async function openLoop({ arrivals, stopwatch, arrive }: OpenLoopOptions): Promise<void> {
  const customers: Promise<void>[] = [];
  let hasFailed = false;
  let interruption: { readonly reason: unknown } | undefined;
  for (const dueAt of arrivals) {
    if (dueAt > stopwatch.now()) {
      await stopwatch.until(dueAt).catch((reason: unknown) => {
        interruption = { reason };
      });
    }
    if (hasFailed || interruption) {
      break;
    }
    const customer = arrive(dueAt, customers.length);
    customers.push(customer);
    customer.catch(() => {
      hasFailed = true;
    });
  }
  const left = await Promise.allSettled(customers);
  if (interruption) {
    throw interruption.reason;
  }
  for (const one of left) {
    if (one.status === 'rejected') {
      throw one.reason;
    }
  }
}

/** Returns the next number of a sequence, from 0 up to but not including 1. */
export type Random = () => number;

/**
 * A sequence of numbers that look random and are the same for the same seed: mulberry32, 32 bits of state, which is
 * plenty to make traffic uneven and no use for anything secret.
 */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

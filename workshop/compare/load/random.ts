/** Gives the next number of a sequence, from 0 up to but not including 1. */
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

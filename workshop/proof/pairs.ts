import { UserError } from '../../terminal/command-line.ts';
import { snapshots } from '../snapshots.ts';

export type Self = 'before' | 'after' | 'all';

/** Which snapshots the experiment of a factor is to compare. */
export interface Pair {
  readonly factor: number;
  readonly before: number;
  readonly after: number;
}

const last = snapshots.length - 1;
/** The exit code of what cannot be understood, apart from what is not proved. */
export const badInput = 2;

/** The factor of an argument. @throws UserError with what there is */
export function factorOf(text: string): number {
  const factor = /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  if (factor >= 1 && factor <= last) {
    return factor;
  }
  throw new UserError(`There is no factor "${text}": give one of 1 to ${last}, or all.`, badInput);
}

/** The factors of an argument: a number, or `all`. */
export function factorsOf(text: string): number[] {
  return text === 'all' ? Array.from({ length: last }, (_, i) => i + 1) : [factorOf(text)];
}

/** The pairs to compare; with `self`, snapshots with themselves. */
export function pairsOf(factors: readonly number[], self?: Self): Pair[] {
  return factors.flatMap((factor) => {
    const [before, after] = [factor - 1, factor];
    if (self === undefined) {
      return [{ factor, before, after }];
    }
    return [
      ...(self === 'after' ? [] : [{ factor, before, after: before }]),
      ...(self === 'before' ? [] : [{ factor, before: after, after }]),
    ];
  });
}

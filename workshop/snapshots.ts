import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** Where a repository lists its snapshots. */
export const snapshotsFile = 'workshop/snapshots.json';

/** The functions of the finished factory, each from `functions/<name>/handler.ts`. */
export const finishedFunctions = ['ordering', 'baking', 'metrics', 'analytics', 'cleanup'] as const;

export type FinishedFunction = (typeof finishedFunctions)[number];

/** The factory after a factor was put right. */
export interface Snapshot {
  /** 0 to 12: how many factors are put right. */
  readonly number: number;
  /** Its folder in `workshop/`. */
  readonly slug: string;
  /** What the twelve-factor methodology calls the factor. */
  readonly factor: string;
  readonly title: string;
  /** The functions whose composition roots are in the folder: `ordering`, or `dev/ordering` for a function called `dev`. */
  readonly functions: readonly string[];
  /** The functions of the finished factory that it runs as they are. */
  readonly finished: readonly FinishedFunction[];
}

/** The thirteen snapshots, in their order. */
export const snapshots: readonly Snapshot[] = snapshotsIn(join(import.meta.dirname, '..'));

/** The snapshots of a repository: a copy that somebody works on may have other functions in one. */
export function snapshotsIn(repository: string): readonly Snapshot[] {
  const rows = JSON.parse(readFileSync(join(repository, snapshotsFile), 'utf8')) as Omit<Snapshot, 'number'>[];
  return rows.map((row, number) => ({ number, ...row }));
}

/** A snapshot by its number. @throws RangeError */
export function snapshotNumbered(number: number, among = snapshots): Snapshot {
  const snapshot = among[number];
  if (!snapshot) {
    throw new RangeError(`There is no snapshot ${number}: they are 0 to ${among.length - 1}.`);
  }
  return snapshot;
}

/** `00` to `12`: how a snapshot is called in names of files and stages. */
export const twoDigits = (number: number): string => String(number).padStart(2, '0');

/** A composition root of a snapshot, and where it is, from the repository's root. */
export interface CompositionRoot {
  readonly name: string;
  readonly file: string;
  /** Whether it is that of the finished factory. */
  readonly isFinished: boolean;
}

/** All that a snapshot runs. */
export function rootsOf({ slug, functions, finished }: Snapshot): CompositionRoot[] {
  const own = functions.map((root) => ({
    name: posix.dirname(root) === '.' ? root : posix.dirname(root),
    file: posix.join('workshop', slug, `${root}.ts`),
    isFinished: false,
  }));
  const asTheyAre = finished.map((name) => ({ name, file: `functions/${name}/handler.ts`, isFinished: true }));
  return [...own, ...asTheyAre];
}

/** Where the stack of a snapshot is defined, from the repository's root. */
export function stackOf({ number, slug }: Snapshot): string {
  return number === snapshots.length - 1 ? 'infra/cookie-factory.ts' : posix.join('workshop', slug, 'stack.ts');
}

/** Where the bundle of a composition root is, within the folder of all bundles. */
export function bundleFolder({ number }: Snapshot, { name, isFinished }: CompositionRoot): string {
  return isFinished ? name : posix.join(twoDigits(number), name);
}

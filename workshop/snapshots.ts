import { posix } from 'node:path';

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
  /** The functions whose composition roots are in the folder. */
  readonly functions: readonly string[];
  /** The functions of the finished factory that it runs as they are. */
  readonly finished: readonly FinishedFunction[];
}

const rows: readonly Omit<Snapshot, 'number'>[] = [
  {
    slug: '00-grandmas-kitchen',
    factor: 'None yet',
    title: "Grandma's kitchen",
    functions: ['dev', 'prod'],
    finished: [],
  },
  {
    slug: '01-codebase',
    factor: 'Codebase',
    title: 'Fantastic cookie recipes, and where to find them',
    functions: ['ordering'],
    finished: [],
  },
  {
    slug: '02-dependencies',
    factor: 'Dependencies',
    title: 'One cookie recipe to rule them all!',
    functions: ['ordering'],
    finished: [],
  },
  {
    slug: '03-config',
    factor: 'Config',
    title: 'Separating chocolate chips from cookie logic',
    functions: ['ordering'],
    finished: [],
  },
  {
    slug: '04-backing-services',
    factor: 'Backing services',
    title: 'R&D cookie room to the cookie factory',
    functions: ['ordering'],
    finished: [],
  },
  {
    slug: '05-build-release-run',
    factor: 'Build, release, run',
    title: 'The batter-bake-bite process',
    functions: ['ordering'],
    finished: [],
  },
  {
    slug: '06-processes',
    factor: 'Processes',
    title: 'Yuck, sticky dough!',
    functions: ['ordering'],
    finished: [],
  },
  {
    slug: '07-port-binding',
    factor: 'Port binding',
    title: "The s'mores'n'gingerbread menace",
    functions: ['ordering', 'metrics'],
    finished: [],
  },
  {
    slug: '08-concurrency',
    factor: 'Concurrency',
    title: 'Beating around the batter',
    functions: ['ordering', 'metrics', 'baking'],
    finished: [],
  },
  {
    slug: '09-disposability',
    factor: 'Disposability',
    title: 'Disposing the raisin cookie by-product',
    functions: ['ordering', 'metrics', 'baking'],
    finished: [],
  },
  {
    slug: '10-dev-prod-parity',
    factor: 'Dev/prod parity',
    title: 'Cream-lining the sabayon-cookie',
    functions: ['ordering', 'metrics', 'baking'],
    finished: [],
  },
  {
    slug: '11-logs',
    factor: 'Logs',
    title: 'Customer cookie-faction pipeline',
    functions: ['ordering'],
    finished: ['baking', 'metrics', 'analytics'],
  },
  {
    slug: '12-admin-processes',
    factor: 'Admin processes',
    title: 'CCC: Cookie Cleaning Chaos!',
    functions: [],
    finished: finishedFunctions,
  },
];

/** The thirteen snapshots, in their order. */
export const snapshots: readonly Snapshot[] = rows.map((row, number) => ({ number, ...row }));

/** A snapshot by its number. @throws RangeError */
export function snapshotNumbered(number: number): Snapshot {
  const snapshot = snapshots[number];
  if (!snapshot) {
    throw new RangeError(`There is no snapshot ${number}: they are 0 to ${snapshots.length - 1}.`);
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
export function rootsOf({ number, slug, functions, finished }: Snapshot): CompositionRoot[] {
  const own = functions.map((name) => ({
    name,
    // Grandma keeps a copy of her kitchen for each deploy.
    file: posix.join('workshop', slug, number === 0 ? `${name}/ordering.ts` : `${name}.ts`),
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

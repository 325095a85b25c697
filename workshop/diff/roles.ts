import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { rootsOf, type Snapshot, snapshots } from '../snapshots.ts';
import { type Reachable, reachableFrom } from './reachable.ts';
import { rewriteImports } from './rewrite-imports.ts';

/** A file as it stands on one side. */
export interface Source {
  /** From the repository's root. */
  readonly path: string;
  readonly text: string;
}

/** What plays the same role on both sides, and is not the same: at least one side is there. */
export interface FileChange {
  /** Whether it is a composition root, or a module of the snapshot's own folder. */
  readonly isRoot: boolean;
  readonly before?: Source;
  readonly after?: Source;
}

export interface CodeChanges {
  readonly files: readonly FileChange[];
  /** Packages that only the side before names. */
  readonly packagesLost: readonly string[];
  readonly packagesGained: readonly string[];
}

/** One side of a comparison: the files that are reachable from its roots, each by the role it plays. */
export interface CodeSide {
  readonly reachable: Reachable;
  /** The role of a file; files of the two sides with the same role are compared. */
  roleOf(path: string): string;
}

/** All source that is reachable from a snapshot's roots. */
export async function codeOf(snapshot: Snapshot, repository: string): Promise<CodeSide> {
  const roots = rootsOf(snapshot).map(({ file }) => file);
  return { reachable: await reachableFrom(roots, repository), roleOf: (path) => roleOf(path, snapshot) };
}

/** What a file is to its snapshot: `root ordering.ts`, or its own path where it belongs to several. */
export function roleOf(path: string, snapshot: Snapshot): string {
  if (snapshot.number === snapshots.length - 1) {
    const handler = /^functions\/([^/]+)\/handler\.ts$/.exec(path);
    return handler ? `root ${handler[1]}.ts` : path;
  }
  const folder = `workshop/${snapshot.slug}/`;
  if (!path.startsWith(folder)) {
    return path;
  }
  // What came of Grandma's two copies is compared with the one that customers met.
  return `root ${path.slice(folder.length).replace(/^prod\//, '')}`;
}

/** The changes between two sides: roots first, and what is on both sides before what one side alone has. */
export async function codeChanges(before: CodeSide, after: CodeSide, repository: string): Promise<CodeChanges> {
  const roles = new Map<string, { before?: string; after?: string }>();
  for (const [side, { reachable, roleOf: role }] of Object.entries({ before, after })) {
    for (const path of reachable.files) {
      // A file that both sides reach plays the same role in both, whoever calls it a root.
      const isShared = before.reachable.files.includes(path) && after.reachable.files.includes(path);
      const name = isShared ? path : role(path);
      roles.set(name, { ...roles.get(name), [side]: path });
    }
  }
  const changes = await Promise.all(
    [...roles].map(async ([role, paths]): Promise<FileChange> => {
      const [was, is] = await Promise.all([
        sourceAt(paths.before, repository, paths.after),
        sourceAt(paths.after, repository),
      ]);
      return { isRoot: role.startsWith('root '), ...(was && { before: was }), ...(is && { after: is }) };
    }),
  );
  const [packagesBefore, packagesAfter] = [before.reachable.packages, after.reachable.packages];
  return {
    files: changes.filter((change) => change.before?.text !== change.after?.text).sort(inOrder),
    packagesLost: packagesBefore.filter((name) => !packagesAfter.includes(name)),
    packagesGained: packagesAfter.filter((name) => !packagesBefore.includes(name)),
  };
}

/** @param comparedWith - Where the other side has it: imports are rewritten as they would be there, as that is no change. */
async function sourceAt(
  path: string | undefined,
  repository: string,
  comparedWith = path,
): Promise<Source | undefined> {
  if (path === undefined || comparedWith === undefined) {
    return undefined;
  }
  const text = await readFile(join(repository, path), 'utf8');
  const isMoved = path.endsWith('.ts') && path !== comparedWith;
  const move = { from: path, to: comparedWith, together: dirname(path) };
  return { path, text: isMoved ? rewriteImports(text, move) : text };
}

function inOrder(a: FileChange, b: FileChange): number {
  if (a.isRoot !== b.isRoot) {
    return a.isRoot ? -1 : 1;
  }
  if (isPaired(a) !== isPaired(b)) {
    return isPaired(a) ? -1 : 1;
  }
  return nameOf(a).localeCompare(nameOf(b));
}

const isPaired = ({ before, after }: FileChange): boolean => before !== undefined && after !== undefined;

const nameOf = ({ before, after }: FileChange): string => (after ?? before)?.path ?? '';

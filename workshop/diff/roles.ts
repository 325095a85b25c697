import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { rootsOf, type Snapshot, stackOf } from '../snapshots.ts';
import type { FileChange, Source } from './file-change.ts';
import { type Reachable, reachableFrom } from './reachable.ts';
import { pairRenames } from './renames.ts';
import { folderMoved, rewriteImports } from './rewrite-imports.ts';

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

/** The CDK source of a snapshot: its stack, and the constructs that the stack makes. */
export async function cdkSourceOf(snapshot: Snapshot, repository: string): Promise<CodeSide> {
  const stack = stackOf(snapshot);
  const { files } = await reachableFrom([stack], repository);
  return {
    // The contracts that constructs share with functions belong to the code, and packages are always the CDK's.
    reachable: { files: files.filter((path) => !path.startsWith('functions/')), packages: [] },
    roleOf: (path) => (path === stack ? 'root stack.ts' : path),
  };
}

/** What a file is to its snapshot: `root ordering.ts`, or its own path where it belongs to several. */
export function roleOf(path: string, snapshot: Snapshot): string {
  const finished = rootsOf(snapshot).find(({ isFinished, file }) => isFinished && file === path);
  if (finished) {
    return `root ${finished.name}.ts`;
  }
  const folder = `workshop/${snapshot.slug}/`;
  if (!path.startsWith(folder)) {
    return path;
  }
  // What came of Grandma's two copies is compared with the one that customers met.
  return `root ${path.slice(folder.length).replace(/^prod\//, '')}`;
}

/**
 * The changes between two sides: roots first, and what is on both sides before what one side alone has. A file that is on
 * both sides under two names is one change.
 */
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
    files: pairRenames(changes)
      .filter((change) => change.before?.text !== change.after?.text)
      .sort(inOrder),
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
  const move = { from: path, to: comparedWith, movedTo: folderMoved(dirname(path), dirname(comparedWith)) };
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

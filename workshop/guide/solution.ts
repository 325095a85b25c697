import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { reachableFrom } from '../diff/reachable.ts';
import { type CodeChanges, codeChanges, codeOf } from '../diff/roles.ts';
import { rootsOf, snapshotNumbered } from '../snapshots.ts';
import { myFolder, myRoots, namesOfRoots } from './my-roots.ts';

export interface Solution {
  /** What the changes lead from. */
  readonly from: string;
  readonly changes: CodeChanges;
}

/** What leads to the snapshot of a factor: from the attendee's version, or where there is none, from the one before. */
export async function solutionOf(factor: number, repository: string): Promise<Solution> {
  const snapshot = snapshotNumbered(factor);
  const after = await codeOf(snapshot, repository);
  const folder = myFolder(factor);
  const { there } = myRoots(factor, repository);
  if (!existsSync(join(repository, folder)) || there.length === 0) {
    const before = await codeOf(snapshotNumbered(factor - 1), repository);
    return { from: `snapshot ${factor - 1}`, changes: await codeChanges(before, after, repository) };
  }
  const roleOf = (path: string) =>
    path.startsWith(`${folder}/`) ? `root ${path.slice(folder.length + 1).replace(/^prod\//, '')}` : path;
  const own = namesOfRoots(snapshot);
  const asTheyAre = rootsOf(snapshot).filter(({ name }) => !own.includes(name));
  const roots = [...there, ...asTheyAre.map(({ file }) => file)];
  const mine = { reachable: await reachableFrom(roots, repository), roleOf };
  return { from: folder, changes: await codeChanges(mine, after, repository) };
}

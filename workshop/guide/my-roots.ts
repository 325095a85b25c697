import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { rootsOf, type Snapshot, snapshotNumbered, snapshots } from '../snapshots.ts';
import { mine } from './progress.ts';

/** The attendee's folder of a factor, from the repository's root. */
export const myFolder = (factor: number): string => `${mine}/${snapshotNumbered(factor).slug}`;

/** The names of the functions whose roots an attendee writes: those that the snapshot does not take as they are. */
export function namesOfRoots(snapshot: Snapshot): string[] {
  const isLast = snapshot.number === snapshots.length - 1;
  return rootsOf(snapshot)
    .filter(({ isFinished }) => isLast || !isFinished)
    .map(({ name }) => name);
}

/** The attendee's roots of a factor that are there, and the names of those that are not. */
export function myRoots(factor: number, repository: string): { readonly there: string[]; readonly missing: string[] } {
  const names = namesOfRoots(snapshotNumbered(factor));
  const fileOf = (name: string) => `${myFolder(factor)}/${name}.ts`;
  const there = names.filter((name) => existsSync(join(repository, fileOf(name))));
  return { there: there.map(fileOf), missing: names.filter((name) => !there.includes(name)) };
}

/** All TypeScript files of a folder and below it, from that folder. */
export async function sourcesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

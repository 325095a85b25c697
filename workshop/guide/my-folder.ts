import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { UserError } from '../../terminal/command-line.ts';
import { type CompositionRoot, rootsOf, type Snapshot, snapshotNumbered } from '../snapshots.ts';
import { exerciseOf } from './exercise.ts';
import { mine } from './progress.ts';

/** The attendee's folder of a factor, from the repository's root. */
export const myFolder = (factor: number): string => `${mine}/${snapshotNumbered(factor).slug}`;

/** All files of a folder and below it, from that folder, with `/`; without what an editor or npm keeps there. */
export async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .split(sep)
        .join('/'),
    )
    .filter((file) => file !== 'tsconfig.json' && !/(^|\/)(node_modules\/|\.)/.test(file))
    .sort();
}

/** The snapshot as the attendee's folder makes it: with the functions whose roots are there. @throws UserError */
export async function mySnapshot(factor: number, repository: string): Promise<Snapshot> {
  const folder = myFolder(factor);
  if (!existsSync(join(repository, folder))) {
    throw new UserError(`There is no ${folder} to prove. Begin one: npm run workshop -- try ${factor}`);
  }
  const { functions, finished = [] } = await exerciseOf(factor, repository);
  const there = functions.filter((root) => existsSync(join(repository, folder, `${root}.ts`)));
  if (there.length === 0) {
    throw new UserError(`${folder} has no ${functions[0]}.ts: a function is made of it.`);
  }
  const start = join(repository, 'workshop', snapshotNumbered(factor).slug, 'exercise/start');
  const lost = functions.find((root) => !there.includes(root) && existsSync(join(start, `${root}.ts`)));
  if (lost !== undefined) {
    const again = `npm run workshop -- reset ${factor} moves the folder aside, and try ${factor} hands out another`;
    throw new UserError(`${folder} has no ${lost}.ts, which was handed out. ${again}.`);
  }
  if (!existsSync(join(repository, folder, 'stack.ts'))) {
    throw new UserError(`${folder} has no stack.ts: it says what is deployed.`);
  }
  return { ...snapshotNumbered(factor), functions: there, finished };
}

/** The attendee's own roots of a factor, where they are written. @throws UserError where the folder is not complete */
export async function myRoots(factor: number, repository: string): Promise<CompositionRoot[]> {
  const snapshot = await mySnapshot(factor, repository);
  const place = `workshop/${snapshot.slug}/`;
  return rootsOf(snapshot)
    .filter(({ isFinished }) => !isFinished)
    .map((root) => ({ ...root, file: `${myFolder(factor)}/${root.file.slice(place.length)}` }));
}

/** All that an attendee wrote, or can: roots, stack, and what stands for another file. Empty where there is no folder. */
export async function mySources(factor: number, repository: string): Promise<string[]> {
  const folder = myFolder(factor);
  if (!existsSync(join(repository, folder))) {
    return [];
  }
  return (await filesIn(join(repository, folder))).map((file) => `${folder}/${file}`);
}

import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { snapshotNumbered } from '../snapshots.ts';
import { myFolder } from './my-folder.ts';
import { mine } from './progress.ts';

/** Moves the attendee's folder of a factor to where it is kept. Returns where, from the repository's root. */
export async function putAside(factor: number, repository: string): Promise<string | undefined> {
  const folder = myFolder(factor);
  if (!existsSync(join(repository, folder))) {
    return undefined;
  }
  const aside = `${keptNow()}/${snapshotNumbered(factor).slug}`;
  await mkdir(dirname(join(repository, aside)), { recursive: true });
  await rename(join(repository, folder), join(repository, aside));
  return aside;
}

/** A folder for what is put aside now. */
export const keptNow = (): string => `${mine}/.kept/${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;

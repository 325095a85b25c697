import { existsSync } from 'node:fs';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '../../terminal/command-line.ts';
import { createWorkingCopy } from '../experiment/working-copy.ts';
import type { MyVersion } from '../proof/jobs.ts';
import { snapshotNumbered, snapshots } from '../snapshots.ts';
import { myFolder, myRoots, namesOfRoots, sourcesIn } from './my-roots.ts';

/**
 * Puts the attendee's folder into a copy of the repository, in the place of the snapshot: the infrastructure of the
 * factor is the workshop's, the code is the attendee's. Roots that are missing are named, not filled in.
 */
export async function myVersionOf(factor: number, repository: string): Promise<MyVersion> {
  const folder = myFolder(factor);
  if (!existsSync(join(repository, folder))) {
    throw new UserError(`There is no ${folder} to prove. Begin one: npm run workshop -- try ${factor}`);
  }
  const { missing } = myRoots(factor, repository);
  if (missing.length > 0) {
    const files = missing.map((name) => `${name}.ts`).join(' and ');
    throw new UserError(`${folder} has no ${files}: the functions of factor ${factor} need a root each.`);
  }
  const copy = await createWorkingCopy(repository);
  try {
    await overlay(factor, join(repository, folder), copy.repository);
  } catch (error) {
    await copy.close();
    throw error;
  }
  return { repository: copy.repository, folder, close: () => copy.close() };
}

async function overlay(factor: number, from: string, copy: string): Promise<void> {
  const snapshot = snapshotNumbered(factor);
  const place = join(copy, 'workshop', snapshot.slug);
  // As deep as the attendee's folder, so that the imports hold; and nothing of the solution is left to be found.
  if (existsSync(place)) {
    await Promise.all((await sourcesIn(place)).filter(isNotStack).map((file) => rm(join(place, file))));
  }
  for (const file of await sourcesIn(from)) {
    await mkdir(dirname(join(place, file)), { recursive: true });
    await cp(join(from, file), join(place, file));
  }
  if (factor < snapshots.length - 1) {
    return;
  }
  // The last snapshot is functions/ itself, whose handlers now lead to the attendee's.
  for (const name of namesOfRoots(snapshot)) {
    const handler = `export { handler } from '../../workshop/${snapshot.slug}/${name}.ts';\n`;
    await writeFile(join(copy, 'functions', name, 'handler.ts'), handler);
  }
}

/** The stack of the snapshot deploys the attendee's code too. */
const isNotStack = (file: string): boolean => file !== 'stack.ts';

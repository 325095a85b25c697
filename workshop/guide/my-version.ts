import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { rewriteImports } from '../diff/rewrite-imports.ts';
import { installDeclared } from '../experiment/install.ts';
import { createWorkingCopy } from '../experiment/working-copy.ts';
import type { MyVersion } from '../proof/jobs.ts';
import { type Snapshot, snapshots, snapshotsFile, snapshotsIn, stackOf } from '../snapshots.ts';
import { exerciseOf } from './exercise.ts';
import { filesIn, myFolder, mySnapshot } from './my-folder.ts';

/**
 * Puts the attendee's folder, code and stack, into a copy of the repository, in the place of the snapshot.
 * @throws UserError where a root or the stack is missing, and where npm refuses to install what the folder declares
 */
export async function myVersionOf(factor: number, repository: string, signal: AbortSignal): Promise<MyVersion> {
  const snapshot = await mySnapshot(factor, repository);
  const { standsFor = {} } = await exerciseOf(factor, repository);
  const copy = await createWorkingCopy(repository);
  const version = { repository: copy.repository, folder: myFolder(factor), close: () => copy.close() };
  try {
    await takePlace(snapshot, join(repository, version.folder), copy.repository);
    await standIn(snapshot, standsFor, copy.repository);
    // What is deployed is made of what the folder declares, and of nothing that lies above it.
    await installDeclared(copy.repository, `workshop/${snapshot.slug}`, { omitDev: true, signal });
    return version;
  } catch (error) {
    await copy.close();
    throw error;
  }
}

async function takePlace(snapshot: Snapshot, from: string, copy: string): Promise<void> {
  const place = join(copy, 'workshop', snapshot.slug);
  // As deep as the attendee's folder, so that the imports hold; and nothing of the solution is left to be found.
  await rm(place, { recursive: true });
  for (const file of await filesIn(from)) {
    await mkdir(dirname(join(place, file)), { recursive: true });
    await cp(join(from, file), join(place, file));
  }
  const rows = snapshotsIn(copy).map(({ number, ...row }) =>
    number === snapshot.number ? { ...row, functions: snapshot.functions, finished: snapshot.finished } : row,
  );
  await writeFile(join(copy, snapshotsFile), JSON.stringify(rows));
  // The last snapshot is the finished factory, whose stack is elsewhere.
  if (snapshot.number === snapshots.length - 1) {
    const name = `Factory${snapshot.number}`;
    const stack = `export { ${name} as CookieFactory } from '../workshop/${snapshot.slug}/stack.ts';\n`;
    await writeFile(join(copy, stackOf(snapshot)), stack);
  }
}

/** What the attendee wrote of the rest of the repository goes where it belongs. */
async function standIn({ slug }: Snapshot, standsFor: Readonly<Record<string, string>>, copy: string): Promise<void> {
  for (const [name, to] of Object.entries(standsFor)) {
    const from = `workshop/${slug}/${name}`;
    if (existsSync(join(copy, from))) {
      const text = await readFile(join(copy, from), 'utf8');
      const movedTo = (path: string) => (path === from ? to : path);
      await writeFile(join(copy, to), name.endsWith('.ts') ? rewriteImports(text, { from, to, movedTo }) : text);
    }
  }
}

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileChange } from '../diff/file-change.ts';
import type { CodeChanges } from '../diff/roles.ts';
import { handoutOf, type Variant, writeHandout } from './handout.ts';
import { putAside } from './kept.ts';
import { filesIn, myFolder } from './my-folder.ts';

export interface Solution {
  /** What the changes lead from. */
  readonly from: string;
  readonly changes: CodeChanges;
}

/** What leads to the solution of an exercise: from the attendee's folder, or where there is none, from what is handed out. */
export async function solutionOf(factor: number, repository: string): Promise<Solution> {
  const folder = myFolder(factor);
  const isBegun = existsSync(join(repository, folder));
  const before = isBegun ? await textsIn(join(repository, folder)) : await handoutOf(factor, 'start', repository);
  const after = await handoutOf(factor, 'solution', repository);
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  const source = (texts: ReadonlyMap<string, string>, name: string) => {
    const text = texts.get(name);
    return text === undefined ? undefined : { path: `${folder}/${name}`, text };
  };
  const files = names.flatMap((name): FileChange[] => {
    const [was, is] = [source(before, name), source(after, name)];
    return was?.text === is?.text ? [] : [{ isRoot: true, ...(was && { before: was }), ...(is && { after: is }) }];
  });
  const changes = { files, packagesLost: [], packagesGained: [] };
  return { from: isBegun ? folder : 'what npm run workshop -- try hands out', changes };
}

/** Writes a variant of an exercise to the attendee's folder. What was there is put aside. Returns where. */
export async function applyVariant(factor: number, variant: Variant, repository: string): Promise<string | undefined> {
  const handout = await handoutOf(factor, variant, repository);
  const aside = await putAside(factor, repository);
  await writeHandout(factor, handout, repository);
  return aside;
}

async function textsIn(folder: string): Promise<ReadonlyMap<string, string>> {
  const files = await filesIn(folder);
  return new Map(
    await Promise.all(files.map(async (file) => [file, await readFile(join(folder, file), 'utf8')] as const)),
  );
}

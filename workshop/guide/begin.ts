import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../terminal/command-line.ts';
import { handoutOf, writeHandout } from './handout.ts';
import { myFolder } from './my-folder.ts';

/** Hands out the exercise of a factor: the snapshot before it, with something left to do. Returns the files. */
export async function begin(factor: number, repository: string): Promise<string[]> {
  const target = myFolder(factor);
  if (existsSync(join(repository, target))) {
    throw new UserError(
      `${target} is there already: go on there, or begin again after npm run workshop -- reset ${factor}`,
    );
  }
  const handout = await handoutOf(factor, 'start', repository);
  await writeHandout(factor, handout, repository);
  return [...handout.keys()].sort();
}

import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '../../terminal/command-line.ts';
import { reachableFrom } from '../diff/reachable.ts';
import { rewriteImports } from '../diff/rewrite-imports.ts';
import { rootsOf, snapshotNumbered } from '../snapshots.ts';
import { myFolder } from './my-roots.ts';

/** Copies the snapshot before a factor into the attendee's folder, to be put right there. Returns the files. */
export async function begin(factor: number, repository: string): Promise<string[]> {
  const target = myFolder(factor);
  if (existsSync(join(repository, target))) {
    throw new UserError(
      `${target} is there already: go on there, or begin again after npm run workshop -- reset ${factor}`,
    );
  }
  const before = snapshotNumbered(factor - 1);
  const source = `workshop/${before.slug}`;
  const roots = rootsOf(before).map(({ file }) => file);
  const { files } = await reachableFrom(roots, repository);
  const copied = files.filter((file) => file.startsWith(`${source}/`)).map((file) => file.slice(source.length + 1));
  for (const name of copied) {
    const [from, to] = [`${source}/${name}`, `${target}/${name}`];
    const text = await readFile(join(repository, from), 'utf8');
    await mkdir(dirname(join(repository, to)), { recursive: true });
    const isModule = name.endsWith('.ts');
    await writeFile(join(repository, to), isModule ? rewriteImports(text, { from, to, together: source }) : text);
  }
  return copied;
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Whether a source says what a recipe is, instead of only naming it. */
export function defines(source: string, recipe: string): boolean {
  return new RegExp(`\\bname['"\`]?\\s*:\\s*['"\`]${recipe}['"\`]`).test(source);
}

/** The files, of some in a repository, that a person must edit to change a recipe. */
export async function definitionsOf(
  recipe: string,
  files: readonly string[],
  repository: string,
): Promise<readonly string[]> {
  const sources = await Promise.all(files.map((file) => readFile(join(repository, file), 'utf8')));
  return files.filter((_file, index) => defines(sources[index] ?? '', recipe));
}

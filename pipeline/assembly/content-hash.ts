import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/**
 * SHA-256 of what is in a folder: the path and the bytes of every file, and neither times nor rights nor where the folder
 * is. The same content has the same hash on every machine.
 */
export async function hashFolder(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const file of await filesIn(folder)) {
    const bytes = await readFile(join(folder, file));
    // With its length, so that no two lists of files read the same.
    hash.update(`${file}\0${bytes.byteLength}\0`).update(bytes);
  }
  return hash.digest('hex');
}

/** The files below a folder, by their paths from it with `/`, in the order of their code units. */
export async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .sort();
}

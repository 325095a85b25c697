import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { zipSync } from 'fflate';

/** The same for the same content: what Lambda compares is the hash of the package. The earliest time that a zip can hold. */
const writtenAt = '1980-01-01';

/** All files of a folder as a zip, such as CDK uploads it for a function. */
export async function zipFolder(folder: string): Promise<Uint8Array> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const contents = await Promise.all(
    files.sort().map(async (file) => [relative(folder, file).split(sep).join('/'), await readFile(file)] as const),
  );
  return zipSync(Object.fromEntries(contents), { level: 1, mtime: `${writtenAt}T00:00:00` });
}

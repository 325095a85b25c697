import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';

/** Folders, from the repository's root (which is `.`), with the `package.json` of a program that is made of these files. */
export function manifestFolders(repository: string, files: readonly string[]): string[] {
  const folders = new Set(files.flatMap(foldersAbove));
  return [...folders].filter((folder) => existsSync(join(repository, folder, 'package.json'))).sort();
}

/** The packages that a folder declares for its programs to run with. What is for development alone is not among them. */
export async function declaredIn(repository: string, folder = '.'): Promise<readonly string[]> {
  const { dependencies = {} } = await readJson<Manifest>(join(repository, folder, 'package.json'));
  return Object.keys(dependencies);
}

/** The packages whose version the lock file of a folder says; none where it has no lock file. */
export async function lockedIn(repository: string, folder = '.'): Promise<readonly string[]> {
  const file = join(repository, folder, 'package-lock.json');
  if (!existsSync(file)) {
    return [];
  }
  const { packages = {} } = await readJson<LockFile>(file);
  const prefix = 'node_modules/';
  return Object.keys(packages).flatMap((path) => (path.startsWith(prefix) ? [path.slice(prefix.length)] : []));
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** As far as it is read ("package-lock.json", npm Docs): what is installed, by where it is. */
interface LockFile {
  readonly packages?: Readonly<Record<string, unknown>>;
}

const readJson = async <T>(file: string): Promise<T> => JSON.parse(await readFile(file, 'utf8')) as T;

function foldersAbove(file: string): string[] {
  const folder = posix.dirname(file);
  return folder === '.' ? ['.'] : [folder, ...foldersAbove(folder)];
}

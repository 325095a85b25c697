import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Reachable } from '../diff/reachable.ts';

/** A folder with a program's own source and the packages it declares, and nothing else. */
export interface CleanRoom {
  readonly folder: string;
  close(): Promise<void>;
}

/** Copies source into a clean room, and gives it what `package.json` declares for it to run. */
export async function createCleanRoom(repository: string, { files }: Reachable): Promise<CleanRoom> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'clean-room-')));
  for (const file of ['package.json', ...files]) {
    await cp(join(repository, file), join(folder, file));
  }
  for (const name of await declaredIn(repository)) {
    const [installed, here] = [join(repository, 'node_modules', name), join(folder, 'node_modules', name)];
    if (!existsSync(installed)) {
      continue;
    }
    await mkdir(dirname(here), { recursive: true });
    // What a package needs itself is found from where it really is.
    await symlink(await realpath(installed), here, 'junction');
  }
  return { folder, close: () => rm(folder, { recursive: true, force: true }) };
}

/** The packages that a repository declares for its programs to run with. */
export async function declaredIn(repository: string): Promise<readonly string[]> {
  const { dependencies = {} } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8')) as {
    readonly dependencies?: Readonly<Record<string, string>>;
  };
  return Object.keys(dependencies);
}

import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Reachable } from '../diff/reachable.ts';
import { declaredIn, manifestFolders } from '../experiment/manifests.ts';

/** A folder with a program's own source and the packages it declares, and nothing else. */
export interface CleanRoom {
  readonly folder: string;
  close(): Promise<void>;
}

/** Copies source into a clean room, and gives it what each `package.json` above it declares for it to run. */
export async function createCleanRoom(repository: string, { files }: Reachable): Promise<CleanRoom> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'clean-room-')));
  const manifests = manifestFolders(repository, files);
  for (const file of [...manifests.map((above) => join(above, 'package.json')), ...files]) {
    await cp(join(repository, file), join(folder, file));
  }
  for (const above of manifests) {
    for (const name of await declaredIn(repository, above)) {
      const installed = join(repository, above, 'node_modules', name);
      if (existsSync(installed)) {
        const here = join(folder, above, 'node_modules', name);
        await mkdir(dirname(here), { recursive: true });
        // What a package needs itself is found from where it really is.
        await symlink(await realpath(installed), here, 'junction');
      }
    }
  }
  return { folder, close: () => rm(folder, { recursive: true, force: true }) };
}

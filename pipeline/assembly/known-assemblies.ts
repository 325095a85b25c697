import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { lstat, mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { type Assembly, assemblyIn, type SynthesisOptions, synthesise } from './assembly.ts';

/** What a bundle and a synthesis read of a repository. What is installed, the lock file decides. */
const read = [
  ...['functions', 'infra', 'workshop', 'pipeline', 'client', 'terminal', 'scripts'],
  ...['package.json', 'package-lock.json', 'cdk.json', 'tsconfig.json'],
];

const isRead = (file: string): boolean =>
  !/(\.test\.ts|\.fixture\.ts|\.md)$/.test(file) && !/(^|[\\/])dist$/.test(file);

/** How long an assembly that nobody asks for is kept, in milliseconds. */
const keptMs = 3 * 24 * 3_600_000;

/**
 * The assembly of some snapshots, bundled and synthesised unless that was done of the same source before: by this process or by
 * another. It stays in `node_modules/.cache` for the next, and is not to be changed or removed. Everything that decides what is
 * made decides its folder: the sources, the Node, what is asked for, and where the repository is, which the metadata tells.
 *
 * A copy of the repository, whose `node_modules` is a link, is there for a moment: of that it goes to the target each time.
 * @throws UserError where it cannot be bundled or synthesised
 */
export async function knownAssembly(options: SynthesisOptions): Promise<Assembly> {
  const modules = join(options.repository, 'node_modules');
  if ((await lstat(modules)).isSymbolicLink()) {
    return await synthesise(options);
  }
  const assemblies = join(modules, '.cache', 'assemblies');
  const folder = join(assemblies, hashOf(options));
  if (existsSync(folder)) {
    const now = new Date();
    await utimes(folder, now, now);
    return assemblyIn(folder);
  }
  await mkdir(assemblies, { recursive: true });
  const target = join(assemblies, `unfinished-${randomUUID()}`);
  try {
    await synthesise({ ...options, target });
    await rename(target, folder).catch((error: unknown) => {
      // Another process was quicker.
      if (!existsSync(folder)) {
        throw error;
      }
    });
  } finally {
    await rm(target, { recursive: true, force: true });
  }
  await removeOld(assemblies);
  return assemblyIn(folder);
}

async function removeOld(assemblies: string): Promise<void> {
  for (const name of await readdir(assemblies)) {
    const folder = join(assemblies, name);
    const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (mtimeMs < Date.now() - keptMs) {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

/** In one go: a thousand small files take several times as long one at a time. */
function hashOf({ repository, snapshots, deploys, nodeOptions = [] }: SynthesisOptions): string {
  const asked = { snapshots, deploys, nodeOptions, repository, node: process.version };
  const hash = createHash('sha256').update(JSON.stringify(asked));
  const add = (path: string): void => {
    const file = join(repository, path);
    if (!existsSync(file) || !isRead(path)) {
      return;
    }
    if (statSync(file).isDirectory()) {
      for (const name of readdirSync(file).sort()) {
        add(join(path, name));
      }
      return;
    }
    const bytes = readFileSync(file);
    hash.update(`${path}\0${bytes.byteLength}\0`).update(bytes);
  };
  for (const name of read) {
    add(name);
  }
  return hash.digest('hex');
}

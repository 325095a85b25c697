import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { installDeclared } from './install.ts';

const exercise = join(import.meta.dirname, '..', '02-dependencies', 'exercise');
const { signal } = new AbortController();

const place = 'workshop/02-dependencies';

/** A repository in which a snapshot's folder has the manifest and the lock file of some variants, one laid over the other. */
async function repositoryWith(...variants: readonly string[]): Promise<string> {
  const repository = await realpath(await mkdtemp(join(tmpdir(), 'install-')));
  onTestFinished(() => rm(repository, { recursive: true }));
  const machines = join(repository, 'workshop', 'machines');
  await cp(join(import.meta.dirname, '..', 'machines'), machines, { recursive: true });
  const folder = join(repository, place);
  // The repository is a package itself.
  await writeFile(join(repository, 'package.json'), '{}');
  await mkdir(folder, { recursive: true });
  for (const variant of variants) {
    for (const file of ['package.json', 'package-lock.json']) {
      if (existsSync(join(exercise, variant, file))) {
        await cp(join(exercise, variant, file), join(folder, file));
      }
    }
  }
  return repository;
}

const isThere = (repository: string) => existsSync(join(repository, place, 'node_modules/sprinkles/index.js'));

test('what is declared and locked is installed', async () => {
  const repository = await repositoryWith('solution');
  await installDeclared(repository, place, { signal });
  expect(isThere(repository)).toBe(true);
});

test('what the lock file does not know of is installed all the same, and stays unknown to it', async () => {
  const repository = await repositoryWith('solution', 'mistakes/not-locked');
  await installDeclared(repository, place, { signal });
  expect(isThere(repository)).toBe(true);
});

test.each([
  { omitDev: false, is: true },
  { omitDev: true, is: false },
])('what is for development is there: $is', async ({ omitDev, is }) => {
  const repository = await repositoryWith('mistakes/development-dependency');
  await installDeclared(repository, place, { omitDev, signal });
  expect(isThere(repository)).toBe(is);
});

test('a folder that is no package needs nothing', async () => {
  const repository = await repositoryWith();
  await installDeclared(repository, place, { signal });
  expect(existsSync(join(repository, place, 'node_modules'))).toBe(false);
});

test('what cannot be installed fails in the words of npm', async () => {
  const repository = await repositoryWith('solution');
  await writeFile(
    join(repository, place, 'package.json'),
    JSON.stringify({ dependencies: { sprinkles: 'file:../../nowhere' } }),
  );
  await expect(installDeclared(repository, place, { signal })).rejects.toThrow(
    /^npm ci failed in the folder of ordering\.ts: /,
  );
});

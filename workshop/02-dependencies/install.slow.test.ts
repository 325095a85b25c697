import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { installDeclared } from './install.ts';

const exercise = join(import.meta.dirname, 'exercise');
const signal = AbortSignal.timeout(60_000);

/** A folder as deep in a repository as an attendee's, with the manifest and the lock file of some variant. */
async function folderWith(...variants: readonly string[]): Promise<string> {
  const repository = await realpath(await mkdtemp(join(tmpdir(), 'install-')));
  onTestFinished(() => rm(repository, { recursive: true }));
  const machines = join(repository, 'workshop', 'machines');
  await cp(join(import.meta.dirname, '..', 'machines'), machines, { recursive: true });
  const folder = join(repository, 'my-factory', '02-dependencies');
  await mkdir(folder, { recursive: true });
  for (const variant of variants) {
    for (const file of ['package.json', 'package-lock.json']) {
      if (existsSync(join(exercise, variant, file))) {
        await cp(join(exercise, variant, file), join(folder, file));
      }
    }
  }
  return folder;
}

const isThere = (folder: string) => existsSync(join(folder, 'node_modules', 'sprinkles', 'index.js'));

test('what is declared and locked is installed', async () => {
  const folder = await folderWith('solution');
  await installDeclared(folder, { signal });
  expect(isThere(folder)).toBe(true);
});

test('what the lock file does not know of is installed all the same, and stays unknown to it', async () => {
  const folder = await folderWith('solution', 'mistakes/not-locked');
  await installDeclared(folder, { signal });
  expect(isThere(folder)).toBe(true);
});

test.each([
  { omitDev: false, is: true },
  { omitDev: true, is: false },
])('what is for development is there: $is', async ({ omitDev, is }) => {
  const folder = await folderWith('mistakes/development-dependency');
  await installDeclared(folder, { omitDev, signal });
  expect(isThere(folder)).toBe(is);
});

test('a folder that is no package needs nothing', async () => {
  const folder = await folderWith();
  await installDeclared(folder, { signal });
  expect(existsSync(join(folder, 'node_modules'))).toBe(false);
});

test('what cannot be installed fails in the words of npm', async () => {
  const folder = await folderWith('solution');
  await writeFile(join(folder, 'package.json'), JSON.stringify({ dependencies: { sprinkles: 'file:../nowhere' } }));
  await expect(installDeclared(folder, { signal })).rejects.toThrow(/^npm ci failed in the folder of ordering\.ts: /);
});

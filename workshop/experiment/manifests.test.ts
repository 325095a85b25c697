import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { declaredIn, lockedIn, manifestFolders } from './manifests.ts';

async function repositoryWith(files: Readonly<Record<string, object>>): Promise<string> {
  const repository = await mkdtemp(join(tmpdir(), 'manifests-'));
  onTestFinished(() => rm(repository, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(repository, name)), { recursive: true });
    await writeFile(join(repository, name), JSON.stringify(content));
  }
  return repository;
}

test('a program is declared by every package.json above its files, and by no other', async () => {
  const repository = await repositoryWith({
    'package.json': {},
    'kitchen/package.json': {},
    'kitchen/oven/handler.json': {},
    'shop/package.json': {},
  });
  expect(manifestFolders(repository, ['kitchen/oven/handler.ts', 'index.ts'])).toEqual(['.', 'kitchen']);
});

test('what is for development alone is not declared for a program to run with', async () => {
  const repository = await repositoryWith({
    'package.json': { dependencies: { butter: '1.0.0' }, devDependencies: { scales: '2.0.0' } },
  });
  expect(await declaredIn(repository)).toEqual(['butter']);
});

test('a lock file pins what it says is installed, and nothing is pinned without one', async () => {
  const repository = await repositoryWith({
    'package.json': { dependencies: { '@bakery/butter': '1.0.0' } },
    'package-lock.json': {
      packages: { '': {}, 'node_modules/@bakery/butter': { version: '1.0.0' }, 'packages/flour': {} },
    },
    'kitchen/package.json': {},
  });
  expect(await lockedIn(repository)).toEqual(['@bakery/butter']);
  expect(await lockedIn(repository, 'kitchen')).toEqual([]);
});

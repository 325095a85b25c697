import { chmod, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { build } from './build.ts';
import { findBuild } from './build-store.ts';
import { fill, testFolder } from './folder.fixture.ts';
import { openLedger } from './ledger.ts';

/** Builds an assembly with this text in it. */
const buildOf = (releases: string, text: string, check: () => Promise<void> = async () => {}) =>
  build({
    ...{ releases, stage: 'Factor05', by: 'ada', commit: 'abc1234', check, onProgress: () => {} },
    assemble: (folder) => fill(folder, { 'manifest.json': text }),
  });

const buildFolders = async (releases: string) => (await readdir(join(releases, 'builds'))).sort();

test('a build is numbered, named by its content, and in the ledger', async () => {
  const releases = await testFolder();
  const first = await buildOf(releases, 'one');
  const second = await buildOf(releases, 'two');
  expect([first, second]).toMatchObject([
    { isNew: true, build: { number: 1, stage: 'Factor05', commit: 'abc1234', by: 'ada' } },
    { isNew: true, build: { number: 2 } },
  ]);
  expect(await buildFolders(releases)).toEqual(
    [first, second].map(({ build: { number, sha256 } }) => `000${number}-${sha256.slice(0, 12)}`),
  );
  expect(await readFile(join(first.folder, 'assembly', 'manifest.json'), 'utf8')).toBe('one');
  expect(await openLedger(releases).read()).toEqual([first.build, second.build]);
});

test('the same content keeps its number', async () => {
  const releases = await testFolder();
  const first = await buildOf(releases, 'one');
  await buildOf(releases, 'two');
  expect(await buildOf(releases, 'one')).toEqual({ ...first, isNew: false });
  expect(await buildFolders(releases)).toHaveLength(2);
  expect(await openLedger(releases).read()).toHaveLength(2);
});

test.each([
  ['the check', (releases: string) => buildOf(releases, 'two', () => Promise.reject(new Error('red')))],
  [
    'the assembling',
    (releases: string) =>
      build({
        ...{ releases, stage: 'Factor05', by: 'ada', check: async () => {}, onProgress: () => {} },
        assemble: async (folder) => {
          await fill(folder, { half: 'of it' });
          throw new Error('red');
        },
      }),
  ],
])('where %s fails, no number is taken and nothing is left', async (_, failing) => {
  const releases = await testFolder();
  await buildOf(releases, 'one');
  await expect(failing(releases)).rejects.toThrow('red');
  expect(await buildFolders(releases)).toHaveLength(1);
  expect(await openLedger(releases).read()).toHaveLength(1);
  expect((await buildOf(releases, 'three')).build.number).toBe(2);
});

test('the files of a build are read-only', async () => {
  const { folder } = await buildOf(await testFolder(), 'one');
  const { mode } = await stat(join(folder, 'assembly', 'manifest.json'));
  expect(mode & 0o222).toBe(0);
});

test('a build that was changed is refused', async () => {
  const releases = await testFolder();
  const { build: built, folder } = await buildOf(releases, 'one');
  expect(await findBuild(built, releases)).toBe(folder);
  const file = join(folder, 'assembly', 'manifest.json');
  await chmod(file, 0o644);
  await writeFile(file, 'a hotfix');
  await expect(findBuild(built, releases)).rejects.toThrow('Build 1 was changed after it was built');
});

test('a build that was thrown away is missed by its name, and its number is not given again', async () => {
  const releases = await testFolder();
  const { build: built, folder } = await buildOf(releases, 'one');
  await rm(folder, { recursive: true });
  await expect(findBuild(built, releases)).rejects.toThrow('Build 1 is not there any more');
  expect((await buildOf(releases, 'two')).build.number).toBe(2);
});

test('a build that was thrown away comes back under its number', async () => {
  const releases = await testFolder();
  const { build: built, folder } = await buildOf(releases, 'one');
  await buildOf(releases, 'two');
  await rm(folder, { recursive: true });
  expect(await buildOf(releases, 'one')).toMatchObject({ build: built, folder });
  expect(await findBuild(built, releases)).toBe(folder);
});

test('source that was built before is neither checked nor assembled again', async () => {
  const releases = await testFolder();
  const given = { releases, stage: 'Factor05', by: 'ada', onProgress: () => {} };
  const assemble = (folder: string) => fill(folder, { 'manifest.json': 'one' });
  const refuse = () => Promise.reject(new Error('It was looked at again.'));
  const first = await build({ ...given, source: 'a', check: async () => {}, assemble });
  expect(await build({ ...given, source: 'a', check: refuse, assemble: refuse })).toEqual({ ...first, isNew: false });
  await expect(build({ ...given, source: 'b', check: refuse, assemble })).rejects.toThrow('looked at again');

  await rm(first.folder, { recursive: true });
  await expect(build({ ...given, source: 'a', check: refuse, assemble })).rejects.toThrow('looked at again');
});

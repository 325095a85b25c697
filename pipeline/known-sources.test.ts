import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fill, testFolder } from './folder.fixture.ts';
import { hashSource, KnownSources } from './known-sources.ts';

test.each([
  ['a source', { 'functions/baking/handler.ts': 'b' }],
  ['the lock file', { 'package-lock.json': '{}' }],
  ['a new file', { 'infra/app.ts': '' }],
])('another hash where %s is otherwise', async (_, change) => {
  const repository = await testFolder();
  await fill(repository, { 'functions/baking/handler.ts': 'a' });
  const before = await hashSource(repository, ['Factor12']);
  expect(await hashSource(repository, ['Factor12'])).toBe(before);
  await fill(repository, change);
  expect(await hashSource(repository, ['Factor12'])).not.toBe(before);
});

test('another hash where something else is asked for, and the same where what is installed is otherwise', async () => {
  const repository = await testFolder();
  await fill(repository, { 'functions/a.ts': 'a' });
  const before = await hashSource(repository, ['Factor12', 'tsc']);
  expect(await hashSource(repository, ['Factor11', 'tsc'])).not.toBe(before);
  await fill(repository, { 'emulator/node_modules/left.js': '', 'releases/ledger.jsonl': '', 'README.md': 'words' });
  expect(await hashSource(repository, ['Factor12', 'tsc'])).toBe(before);
});

test('knows the builds of sources, and nothing where its file is none', async () => {
  const releases = await testFolder();
  const sources = new KnownSources(releases);
  expect(await sources.find('a')).toBeUndefined();
  await sources.note('a', 1);
  await sources.note('b', 2);
  expect([await sources.find('a'), await sources.find('b'), await sources.find('c')]).toEqual([1, 2, undefined]);
  await writeFile(join(releases, 'sources.json'), '{ "a": ');
  expect(await sources.find('a')).toBeUndefined();
});

import { chmod, rename, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fill, testFolder } from '../folder.fixture.ts';
import { filesIn, hashFolder } from './content-hash.ts';

const files = { 'manifest.json': '{}', 'asset.1/index.mjs': 'export {}' };

test('the same content has the same hash, wherever and whenever it was written', async () => {
  const [one, other] = [await testFolder(), await testFolder()];
  await fill(one, files);
  await fill(other, Object.fromEntries(Object.entries(files).reverse()));
  await utimes(join(other, 'manifest.json'), 0, 0);
  await chmod(join(other, 'manifest.json'), 0o444);
  expect(await hashFolder(other)).toBe(await hashFolder(one));
});

test.each([
  ['a byte', { ...files, 'manifest.json': '{ }' }],
  ['one file more', { ...files, 'asset.1/other.mjs': '' }],
  ['one file less', { 'manifest.json': '{}' }],
  ['a name', { 'manifest.json': '{}', 'asset.1/main.mjs': 'export {}' }],
  ['a border between two files', { 'manifest.json': '{}', 'asset.1/index.mjs': 'export', 'asset.1/x': ' {}' }],
])('%s makes another hash', async (_, changed) => {
  const [one, other] = [await testFolder(), await testFolder()];
  await fill(one, files);
  await fill(other, changed);
  expect(await hashFolder(other)).not.toBe(await hashFolder(one));
});

test('moving a folder does not change it', async () => {
  const folder = await testFolder();
  await fill(join(folder, 'before'), files);
  const before = await hashFolder(join(folder, 'before'));
  await rename(join(folder, 'before'), join(folder, 'after'));
  expect(await hashFolder(join(folder, 'after'))).toBe(before);
  expect(await filesIn(join(folder, 'after'))).toEqual(['asset.1/index.mjs', 'manifest.json']);
});

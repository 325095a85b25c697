import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { expect, onTestFinished, test } from 'vitest';
import { zipFolder } from './zip-folder.ts';

test('a zip has all files of a folder, and is the same whenever they were written', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'zip-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'below'));
  await writeFile(join(folder, 'index.mjs'), 'export const handler = 1;');
  await writeFile(join(folder, 'below', 'data.json'), '{}');

  const zip = await zipFolder(folder);
  await utimes(join(folder, 'index.mjs'), new Date(2001, 1, 1), new Date(2001, 1, 1));

  const files = Object.entries(unzipSync(zip)).map(([name, bytes]) => [name, strFromU8(bytes)]);
  expect(Object.fromEntries(files)).toEqual({ 'index.mjs': 'export const handler = 1;', 'below/data.json': '{}' });
  expect(Buffer.from(await zipFolder(folder)).equals(zip)).toBe(true);
});

import { readdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFolder } from './folder.fixture.ts';
import { withLock } from './lock.ts';

const since = '2026-11-23T08:00:00.000Z';

test('gives what the work gives, and leaves nothing behind', async () => {
  const folder = join(await testFolder(), 'releases');
  expect(await withLock(folder, 'build', async () => readdir(folder))).toEqual(['.lock']);
  expect(await readdir(folder)).toEqual([]);
});

test('is let go when the work fails', async () => {
  const folder = await testFolder();
  await expect(withLock(folder, 'build', () => Promise.reject(new Error('red')))).rejects.toThrow('red');
  expect(await withLock(folder, 'release', async () => 'done')).toBe('done');
});

test('whoever comes second hears who is at work', async () => {
  const folder = await testFolder();
  await withLock(folder, 'release', async () => {
    const second = withLock(folder, 'run', async () => 'never');
    await expect(second).rejects.toThrow(
      new RegExp(`at work since .*: release \\(process ${process.pid}\\).*${join(folder, '.lock')}`),
    );
  });
});

test('the lock of a process that is gone is taken over', async () => {
  const folder = await testFolder();
  // No system gives a process such a number.
  const gone = { processId: 2 ** 30, host: hostname(), what: 'build', since };
  await writeFile(join(folder, '.lock'), JSON.stringify(gone));
  expect(await withLock(folder, 'run', async () => 'done')).toBe('done');
});

test('the lock of another machine is left alone', async () => {
  const folder = await testFolder();
  const elsewhere = { processId: 2 ** 30, host: 'another-machine', what: 'build', since };
  await writeFile(join(folder, '.lock'), JSON.stringify(elsewhere));
  await expect(withLock(folder, 'run', async () => 'never')).rejects.toThrow('on another-machine');
});

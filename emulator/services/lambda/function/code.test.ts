import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { CodePackages } from './code.ts';
import { zipOf } from './zip.fixture.ts';

function place(): string {
  const folder = mkdtempSync(join(realpathSync.native(tmpdir()), 'code-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const zip = zipOf('export const handler = async () => 1;');

test('a package is unpacked once for all who use it, and goes with the last of them', async () => {
  const codes = new CodePackages(place());
  const [one, other] = await Promise.all([codes.unpack(zip), codes.unpack(zip)]);
  expect(one.directory).toBe(other.directory);
  one.release();
  expect(await codes.zipOf(one.name)).toEqual(Buffer.from(zip));
  other.release();
  await vi.waitFor(() => expect(existsSync(one.directory)).toBe(false));
  expect(await codes.zipOf(one.name)).toBeUndefined();
});

test('the same package is unpacked again while its files are on their way out', async () => {
  const codes = new CodePackages(place());
  for (let i = 0; i < 20; i++) {
    const before = await codes.unpack(zip);
    before.release();
    const after = await codes.unpack(zip);
    await vi.waitFor(() => expect(existsSync(before.directory)).toBe(false));
    expect(existsSync(join(after.directory, 'index.mjs'))).toBe(true);
    after.release();
  }
});

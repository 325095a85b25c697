import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { bundleFolder, rootsOf, snapshots } from '../../workshop/snapshots.ts';
import { bundleFunctions } from './bundle-functions.ts';

const repository = join(import.meta.dirname, '..', '..');

/** What a function may weigh: all of it is read and parsed by every environment before its first answer. */
const mostKb = 420;

test(`no function that declares what it needs is larger than ${mostKb} KB`, async () => {
  const target = mkdtempSync(join(tmpdir(), 'bundles-'));
  onTestFinished(() => rmSync(target, { recursive: true }));
  const declared = snapshots.filter(({ number }) => number >= 2);
  const roots = declared.flatMap((snapshot) =>
    rootsOf(snapshot).map((root) => ({ name: bundleFolder(snapshot, root), file: root.file })),
  );
  // Functions of the finished factory are in many snapshots.
  const once = [...new Map(roots.map((root) => [root.name, root])).values()];
  const bundles = await bundleFunctions({ repository, target, roots: once });
  const tooLarge = bundles.filter(({ bytes }) => bytes > mostKb * 1024).map(({ name, bytes }) => `${name}: ${bytes}`);
  expect(tooLarge).toEqual([]);
}, 60_000);

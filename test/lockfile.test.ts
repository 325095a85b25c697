import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

interface LockedPackage {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const root = join(import.meta.dirname, '..');
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, LockedPackage>;
};
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, Record<string, string>>;

test('every optional platform package is in the lockfile, or `npm ci` would fail on another platform', () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !resolve(path, name))
      .map((name) => `${path || 'the project'} needs ${name}`),
  );
  expect(missing).toEqual([]);
});

test.each(['dependencies', 'devDependencies', 'optionalDependencies'])('%s are pinned exactly', (kind) => {
  const loose = Object.entries(manifest[kind] ?? {}).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version));
  expect(loose).toEqual([]);
});

test('every dependency is explained', () => {
  const table = readFileSync(join(root, 'docs', 'dependencies.md'), 'utf8');
  const names = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) =>
    Object.keys(manifest[kind] ?? {}),
  );
  expect(names.filter((name) => !table.includes(`\`${name}\``))).toEqual([]);
});

/** Finds a package the way Node does: in the dependent's own `node_modules`, then in each folder above. */
function resolve(path: string, name: string): boolean {
  for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules') - 1))) {
    if (`${folder ? `${folder}/` : ''}node_modules/${name}` in packages) return true;
    if (folder === '') return false;
  }
}

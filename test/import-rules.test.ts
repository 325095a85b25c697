import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { circleIn, folderGraph, importGraph, importsOf, isTest, sources, textOf } from './import-graph.ts';
import { type ImportRule, importRules } from './import-rules.ts';

const manifest = JSON.parse(textOf('package.json')) as { readonly workspaces: readonly string[] };
const workspaces = new Set(
  manifest.workspaces.map((folder) => (JSON.parse(textOf(`${folder}/package.json`)) as { name: string }).name),
);

test.each(sources)('%s imports only what its place allows', (file) => {
  const rule = importRules.find(({ from }) => from.test(file));
  expect(rule, `no rule says what ${file} may import`).toBeDefined();
  const refused = rule ? importsOf(file).filter((specifier) => !isAllowed(rule, file, specifier)) : [];
  expect(refused).toEqual([]);
});

test.each(sources.filter((file) => /^(scripts|workshop|client|terminal|pipeline)\//.test(file) && !isTest(file)))(
  '%s leaves it to client/endpoint where a URL leads',
  (file) => {
    // `fetch` would look up the name in a function URL, which may be one of AWS.
    expect(textOf(file)).not.toMatch(/(?<![\w.#])fetch\(/);
  },
);

test('a rule refuses what it does not name', () => {
  const domain = importRules.find(({ from }) => from.test('functions/domain/order.ts'));
  const refuses = (specifier: string) => domain && !isAllowed(domain, 'functions/domain/order.ts', specifier);
  expect(refuses('zod')).toBe(true);
  expect(refuses('node:fs')).toBe(true);
  expect(refuses('../adapters/contract.ts')).toBe(true);
  expect(refuses('./recipe.ts')).toBe(false);
});

test('a package of this repository is imported by its name, where the rule says so', () => {
  const allows = (file: string, specifier: string) => {
    const rule = importRules.find(({ from }) => from.test(file));
    return rule && isAllowed(rule, file, specifier);
  };
  expect(allows('client/endpoint/endpoint.ts', 'embedded-aws')).toBe(true);
  expect(allows('pipeline/phases.slow.test.ts', 'embedded-aws')).toBe(true);
  expect(allows('pipeline/phases.ts', 'embedded-aws')).toBe(false);
  expect(allows('pipeline/phases.slow.test.ts', '../emulator/index.ts')).toBe(false);
});

test('no file leads back to itself by what it imports, types included', () => {
  expect(circleIn(importGraph(sources))).toBeUndefined();
});

const production = importGraph(sources.filter((file) => !isTest(file)));
const emulatorFolders = sources.filter((file) => file.startsWith('emulator/')).map((file) => posix.dirname(file));

test.each([...new Set(emulatorFolders)])('what is in %s knows each other in one direction alone', (folder) => {
  expect(circleIn(folderGraph(production, folder))).toBeUndefined();
});

test.each([
  ['a -> b, b -> c', undefined],
  ['a -> b, a -> c, b -> d, c -> d', undefined],
  ['a -> a', 'a a'],
  ['a -> b, b -> a', 'a b a'],
  ['a -> b, b -> c, b -> d, d -> e, e -> b', 'b d e b'],
  ['a -> b, c -> d, d -> c', 'c d c'],
])('the circle in "%s" is %s', (arrows, circle) => {
  const pairs = arrows.split(', ').map((arrow) => arrow.split(' -> ') as [string, string]);
  const nodes = new Set(pairs.flat());
  const graph = new Map([...nodes].map((node) => [node, pairs.filter(([from]) => from === node).map(([, to]) => to)]));
  expect(circleIn(graph)?.join(' ')).toBe(circle);
});

test('a folder is one with all that is inside', () => {
  const graph = new Map([
    ['x/top.ts', ['x/a/one.ts', 'x/b/two.ts', 'y/three.ts']],
    ['x/a/one.ts', ['x/b/two.ts', 'x/ground.ts']],
    ['x/b/two.ts', ['x/b/deep/four.ts']],
    ['x/b/deep/four.ts', ['x/a/five.ts']],
    ['x/a/five.ts', []],
  ]);
  expect(circleIn(graph)).toBeUndefined();
  expect(folderGraph(graph, 'x')).toEqual(
    new Map([
      ['top.ts', ['a', 'b']],
      ['a', ['b', 'ground.ts']],
      ['b', ['a']],
    ]),
  );
  expect(circleIn(folderGraph(graph, 'x'))).toEqual(['a', 'b', 'a']);
});

function isAllowed(rule: ImportRule, file: string, specifier: string): boolean {
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(file), specifier);
    // A package of this repository is known by its name, to tests too.
    if (workspaceOf(target) !== undefined && workspaceOf(target) !== workspaceOf(file)) {
      return false;
    }
    const isOwn = rule.own === true && target.startsWith(`${ownFolder(file)}/`);
    return isOwn || rule.files.some((allowed) => allowed.test(target));
  }
  if (workspaces.has(specifier)) {
    return rule.workspaces?.some((allowed) => allowed.test(specifier)) ?? false;
  }
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) {
    return rule.node === true;
  }
  return rule.packages === 'any' || rule.packages.some((allowed) => allowed.test(specifier));
}

/** The folder of the package that a file is in, where that is not the project itself. */
function workspaceOf(file: string): string | undefined {
  return manifest.workspaces.find((folder) => file.startsWith(`${folder}/`));
}

/** A service's own folder is the whole service; elsewhere it is the folder the file is in. */
function ownFolder(file: string): string {
  return /^emulator\/services\/[^/]+/.exec(file)?.[0] ?? posix.dirname(file);
}

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { knownAssembly } from './known-assemblies.ts';

/** A repository whose app notes each run. It fails while there is a file `broken`. */
function repositoryOf(files: Record<string, string> = {}) {
  const room = mkdtempSync(join(tmpdir(), 'assemblies-'));
  onTestFinished(() => rmSync(room, { recursive: true }));
  const repository = join(room, 'repository');
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(repository, name)), { recursive: true });
    writeFileSync(join(repository, name), text);
  };
  const app = `
    import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
    appendFileSync('runs', 'x');
    if (existsSync('broken')) throw new Error('the dough is sour');
    mkdirSync(process.env.CDK_OUTDIR, { recursive: true });
    writeFileSync(process.env.CDK_OUTDIR + '/manifest.json', '{}');`;
  const all = {
    'cdk.json': '{"context":{}}',
    'scripts/assemble.ts': app,
    'functions/a.ts': '1',
    ...files,
  };
  for (const [name, text] of Object.entries(all)) {
    write(name, text);
  }
  mkdirSync(join(repository, 'node_modules'));
  const target = join(room, 'target');
  const make = (snapshots: readonly number[] = [12]) =>
    knownAssembly({
      ...{ repository, target, snapshots, deploys: ['Prod'], environment: process.env },
      signal: new AbortController().signal,
    });
  const runs = () => readFileSync(join(repository, 'runs'), 'utf8').length;
  return { repository, target, write, make, runs };
}

test('an assembly is made once of the same source, and again of another', async () => {
  const { make, runs, write } = repositoryOf();
  const first = await make();
  expect(existsSync(join(first.folder, 'manifest.json'))).toBe(true);
  write('functions/a.test.ts', 'a test is not built');
  expect((await make()).folder).toBe(first.folder);
  expect(runs()).toBe(1);
  expect((await make([11, 12])).folder).not.toBe(first.folder);
  write('functions/a.ts', '2');
  expect((await make()).folder).not.toBe(first.folder);
  expect(runs()).toBe(3);
});

test('two that make the same at once have the same', async () => {
  const { make } = repositoryOf();
  const [one, other] = await Promise.all([make(), make()]);
  expect(one.folder).toBe(other.folder);
  expect(existsSync(join(one.folder, 'manifest.json'))).toBe(true);
});

test('what failed is tried again', async () => {
  const { make, repository } = repositoryOf({ broken: '' });
  await expect(make()).rejects.toThrow('the dough is sour');
  rmSync(join(repository, 'broken'));
  expect(existsSync(join((await make()).folder, 'manifest.json'))).toBe(true);
});

test('nothing is kept of a copy, which has the packages of another folder', async () => {
  const { make, repository, target, runs } = repositoryOf();
  const modules = join(repository, 'node_modules');
  renameSync(modules, join(repository, 'modules'));
  symlinkSync(join(repository, 'modules'), modules, 'junction');
  expect((await make()).folder).toBe(target);
  await make();
  expect(runs()).toBe(2);
  expect(existsSync(join(modules, '.cache'))).toBe(false);
});

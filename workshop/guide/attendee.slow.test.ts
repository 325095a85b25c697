import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { begin } from './begin.ts';
import { problemsOf } from './check.ts';
import { myVersionOf } from './my-version.ts';
import { noteProgress, readProgress } from './progress.ts';
import { reset } from './reset.ts';
import { applyVariant, solutionOf } from './solution.ts';

/** What an attendee does, in a copy of the sources: nothing here touches the repository. All that is written is in `my-factory`. */
const original = join(import.meta.dirname, '..', '..');
let repository: string;

beforeAll(() => {
  repository = mkdtempSync(join(tmpdir(), 'attendee-'));
  for (const folder of ['functions', 'workshop', 'infra', 'pipeline', 'client', 'terminal', 'scripts']) {
    cpSync(join(original, folder), join(repository, folder), {
      recursive: true,
      filter: (path) => basename(path) !== 'node_modules',
    });
  }
  for (const file of ['package.json', 'package-lock.json', 'cdk.json', 'tsconfig.json']) {
    cpSync(join(original, file), join(repository, file));
  }
  symlinkSync(join(original, 'node_modules'), join(repository, 'node_modules'), 'junction');
  return () => rmSync(repository, { recursive: true });
});

beforeEach(() => {
  // Nobody answers there: what is reset is the copy alone.
  vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:1');
  return () => {
    vi.unstubAllEnvs();
    rmSync(join(repository, 'my-factory'), { recursive: true, force: true });
  };
});

const { signal } = new AbortController();

const written = (name: string) => join(repository, 'my-factory', '06-processes', name);
const edit = (name: string, change: (text: string) => string) =>
  writeFileSync(written(name), change(readFileSync(written(name), 'utf8')));
const solve = () => applyVariant(6, 'solution', repository);

test('a try is the snapshot before, with something left to do', async () => {
  expect(await begin(6, repository)).toEqual(['order-table-store.ts', 'ordering.ts', 'stack.ts']);
  expect(readFileSync(written('stack.ts'), 'utf8')).toContain('class Factory06');
  expect(await problemsOf(6, repository, signal)).toEqual([
    expect.stringMatching(/^my-factory\/06-processes\/order-table-store\.ts:\d+: left to do: put the order/),
    expect.stringMatching(/^my-factory\/06-processes\/order-table-store\.ts:\d+: left to do: get the order/),
  ]);
  await expect(begin(6, repository)).rejects.toThrow('my-factory/06-processes is there already');
});

test('the solution has nothing left to do', async () => {
  await solve();
  expect(await problemsOf(6, repository, signal)).toEqual([]);
});

test.each([
  {
    what: 'a syntax error',
    change: () => edit('ordering.ts', (text) => `${text}this is not typescript ((((\n`),
    says: /^my-factory\/06-processes\/ordering\.ts:\d+:\d+: Expected/,
  },
  {
    what: 'a file that is not there',
    change: () => edit('ordering.ts', (text) => `${text}import './nowhere.ts';\n`),
    says: /^my-factory\/06-processes\/ordering\.ts:\d+:\d+: Could not resolve "\.\/nowhere\.ts"/,
  },
  {
    what: 'a handed-out file that is gone',
    change: () => rmSync(written('order-table-store.ts')),
    says: /^my-factory\/06-processes\/order-table-store\.ts: is missing\. It was handed out/,
  },
  {
    what: 'a wrong type',
    change: () => edit('order-table-store.ts', (text) => text.replace('return true;', `return 'yes';`)),
    says: /^my-factory\/06-processes\/order-table-store\.ts:\d+:\d+: Type 'string' is not assignable to type 'boolean'/,
  },
  {
    what: 'the finished file',
    change: () =>
      edit('order-table-store.ts', (text) => `import '../../functions/adapters/dynamodb-order-store.ts';\n${text}`),
    says: /^my-factory\/06-processes\/order-table-store\.ts: imports functions\/adapters\/dynamodb-order-store\.ts, which is the finished one/,
  },
  {
    what: 'the snapshot that is to be reached',
    change: () =>
      writeFileSync(written('ordering.ts'), `export { handler } from '../../workshop/06-processes/ordering.ts';\n`),
    says: /imports workshop\/06-processes\/ordering\.ts, which is the finished one/,
  },
  {
    what: 'a stack of another name',
    change: () => edit('stack.ts', (text) => text.replace('class Factory06', 'class Mine')),
    says: /No matching export in "my-factory\/06-processes\/stack\.ts" for import "Factory06"/,
  },
])('$what is said with its file before anything is deployed', async ({ change, says }) => {
  await solve();
  change();
  expect(await problemsOf(6, repository, signal)).toContainEqual(expect.stringMatching(says));
});

test('there is no version to prove before there was a try', async () => {
  await expect(myVersionOf(6, repository, signal)).rejects.toThrow('npm run workshop -- try 6');
});

test.each([
  { file: 'ordering.ts', says: 'my-factory/06-processes has no ordering.ts' },
  { file: 'stack.ts', says: 'my-factory/06-processes has no stack.ts' },
])('a folder without $file is no version', async ({ file, says }) => {
  await begin(6, repository);
  rmSync(written(file));
  await expect(myVersionOf(6, repository, signal)).rejects.toThrow(says);
});

test('a version stands in the place of the snapshot, and nothing of the solution is left beside it', async () => {
  await begin(6, repository);
  writeFileSync(written('mine.ts'), 'export const mine = true;\n');
  const version = await myVersionOf(6, repository, signal);
  try {
    const place = join(version.repository, 'workshop', '06-processes');
    expect(readdirSync(place)).toEqual(['mine.ts', 'order-table-store.ts', 'ordering.ts', 'stack.ts']);
    expect(readFileSync(join(place, 'ordering.ts'), 'utf8')).toBe(readFileSync(written('ordering.ts'), 'utf8'));
  } finally {
    await version.close();
  }
  expect(existsSync(version.repository)).toBe(false);
});

describe('the solution', () => {
  test('leads from what is handed out, where nothing was tried', async () => {
    const { changes } = await solutionOf(6, repository);
    expect(changes.files.map(({ after }) => after?.path)).toEqual([
      'my-factory/06-processes/order-table-store.ts',
      'my-factory/06-processes/ordering.ts',
      'my-factory/06-processes/stack.ts',
    ]);
  });

  test('leads from what the attendee has, and is nothing where that is right', async () => {
    await begin(6, repository);
    expect((await solutionOf(6, repository)).from).toBe('my-factory/06-processes');
    const aside = await solve();
    expect(existsSync(join(repository, aside ?? '', 'stack.ts'))).toBe(true);
    expect((await solutionOf(6, repository)).changes.files).toEqual([]);
  });
});

test('a reset forgets the factor and keeps what was written', async () => {
  await begin(6, repository);
  await noteProgress(repository, 6, () => ({ hints: 2 }));
  await noteProgress(repository, 7, () => ({ hints: 1 }));
  const done: string[] = [];
  await reset({ factors: [6], repository, signal, onDone: (line) => done.push(line) });
  expect(done).toEqual([expect.stringMatching(/^my-factory\/06-processes is kept in my-factory\/\.kept\//)]);
  expect(existsSync(join(repository, 'my-factory', '06-processes'))).toBe(false);
  expect(existsSync(join(repository, done[0]?.split(' in ')[1] ?? '', 'ordering.ts'))).toBe(true);
  expect(await readProgress(repository)).toEqual({ '07-port-binding': { hints: 1 } });
});

test('progress that cannot be read is named', async () => {
  mkdirSync(join(repository, 'my-factory'));
  writeFileSync(join(repository, 'my-factory', 'progress.json'), '{"06-processes": {"hints": "two"}}');
  await expect(readProgress(repository)).rejects.toThrow(
    /my-factory[/\\]progress\.json cannot be read.*expected number/,
  );
});

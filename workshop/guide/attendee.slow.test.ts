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
import { basename, dirname, join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { begin } from './begin.ts';
import { myRoots } from './my-roots.ts';
import { myVersionOf } from './my-version.ts';
import { fingerprint, noteProgress, readProgress } from './progress.ts';
import { reset } from './reset.ts';
import { solutionOf } from './solution.ts';

/** What an attendee does, in a copy of the sources: nothing here touches the repository. */
const original = join(import.meta.dirname, '..', '..');
let repository: string;

beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), 'attendee-'));
  for (const folder of ['functions', 'workshop', 'infra', 'pipeline', 'client', 'terminal', 'scripts']) {
    cpSync(join(original, folder), join(repository, folder), {
      recursive: true,
      filter: (path) => basename(path) !== 'node_modules',
    });
  }
  for (const file of ['package.json', 'cdk.json', 'tsconfig.json']) {
    cpSync(join(original, file), join(repository, file));
  }
  symlinkSync(join(original, 'node_modules'), join(repository, 'node_modules'), 'junction');
  // Nobody answers there: what is reset is the copy alone.
  vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:1');
  return () => {
    vi.unstubAllEnvs();
    rmSync(repository, { recursive: true });
  };
});

const { signal } = new AbortController();

test('a try is the snapshot before, which compiles where it is', async () => {
  const files = await begin(6, repository);
  expect(files).toEqual(['ordering.ts']);
  expect(myRoots(6, repository)).toEqual({ there: ['my-factory/06-processes/ordering.ts'], missing: [] });
  expect(await fingerprint(myRoots(6, repository).there, repository)).toMatch(/^[0-9a-f]{64}$/);
  await expect(begin(6, repository)).rejects.toThrow('my-factory/06-processes is there already');
});

test.each([
  { factor: 1, missing: ['ordering'] },
  { factor: 7, missing: ['metrics'] },
  { factor: 8, missing: ['baking'] },
])('a try of $factor leaves $missing to be written', async ({ factor, missing }) => {
  await begin(factor, repository);
  expect(myRoots(factor, repository).missing).toEqual(missing);
  await expect(myVersionOf(factor, repository)).rejects.toThrow(`has no ${missing[0]}.ts`);
});

test('there is no version to prove before there was a try', async () => {
  await expect(myVersionOf(6, repository)).rejects.toThrow('npm run workshop -- try 6');
});

test('a version stands in the place of the snapshot, and nothing of the solution is left beside it', async () => {
  await begin(6, repository);
  const root = join(repository, 'my-factory', '06-processes', 'ordering.ts');
  writeFileSync(join(dirname(root), 'mine.ts'), 'export const mine = true;\n');
  const version = await myVersionOf(6, repository);
  try {
    const place = join(version.repository, 'workshop', '06-processes');
    expect(readFileSync(join(place, 'ordering.ts'), 'utf8')).toBe(readFileSync(root, 'utf8'));
    expect(readdirSync(place).filter((file) => file.endsWith('.ts'))).toEqual(['mine.ts', 'ordering.ts', 'stack.ts']);
  } finally {
    await version.close();
  }
  expect(existsSync(version.repository)).toBe(false);
});

test('the version of factor 12 takes the place of the handlers', async () => {
  await begin(12, repository);
  const folder = join(repository, 'my-factory', '12-admin-processes');
  for (const name of myRoots(12, repository).missing) {
    writeFileSync(join(folder, `${name}.ts`), 'export const handler = 1;\n');
  }
  const version = await myVersionOf(12, repository);
  try {
    expect(readFileSync(join(version.repository, 'functions', 'cleanup', 'handler.ts'), 'utf8')).toContain(
      '../../workshop/12-admin-processes/cleanup.ts',
    );
  } finally {
    await version.close();
  }
});

describe('the solution', () => {
  test('leads from the snapshot before, where nothing was tried', async () => {
    const { from, changes } = await solutionOf(6, repository);
    expect(from).toBe('snapshot 5');
    expect(changes.files[0]).toMatchObject({
      before: { path: 'workshop/05-build-release-run/ordering.ts' },
      after: { path: 'workshop/06-processes/ordering.ts' },
    });
  });

  test('leads from what the attendee has, and is nothing where that is right', async () => {
    await begin(6, repository);
    const mine = join(repository, 'my-factory', '06-processes', 'ordering.ts');
    const tried = await solutionOf(6, repository);
    expect(tried.from).toBe('my-factory/06-processes');
    expect(tried.changes.files[0]?.before?.text).not.toContain('../../workshop/smells');
    const solved = readFileSync(join(repository, 'workshop', '06-processes', 'ordering.ts'), 'utf8');
    writeFileSync(mine, solved.replaceAll(`'../smells/`, `'../../workshop/smells/`));
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

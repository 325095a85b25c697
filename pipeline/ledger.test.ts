import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFolder } from './folder.fixture.ts';
import { type BuildEntry, nextNumber, openLedger, parseLedger, type ReleaseEntry, runOf } from './ledger.ts';

const at = '2026-11-23T08:00:00.000Z';
const build: BuildEntry = { what: 'build', number: 1, stage: 'Factor05', sha256: 'a'.repeat(64), at, by: 'ada' };
const release: ReleaseEntry = {
  ...{
    what: 'release',
    number: 1,
    build: 1,
    stage: 'Factor05',
    stack: 'Factor05-Prod',
    stackId: 'arn:1',
    at,
    by: 'ada',
  },
  versions: { Ordering: '3' },
  config: { parameters: {}, environment: { Ordering: { RECIPE_BOOK_PARAMETER: 'recipes' } } },
};

test('a ledger that is not there yet is empty, and what is added is read again in its order', async () => {
  const ledger = openLedger(join(await testFolder(), 'releases'));
  expect(await ledger.read()).toEqual([]);
  const entries = [build, release, runOf(release, 'run', 'bob')] as const;
  for (const entry of entries) {
    await ledger.append(entry);
  }
  expect(await ledger.read()).toEqual(entries);
});

test('adding leaves the lines before as they are', async () => {
  const folder = await testFolder();
  const ledger = openLedger(folder);
  await ledger.append(build);
  const before = await readFile(join(folder, 'ledger.jsonl'), 'utf8');
  await ledger.append(release);
  const after = await readFile(join(folder, 'ledger.jsonl'), 'utf8');
  expect(after.startsWith(before)).toBe(true);
  expect(after.split('\n')).toHaveLength(3);
});

test.each([
  ['half a line', '{"what":"bui', /ledger.jsonl:2 is not JSON/],
  ['another thing', '{"what":"party"}', /ledger.jsonl:2 is no entry of the ledger: what/],
  ['a number that is none', JSON.stringify({ ...build, number: 0 }), /ledger.jsonl:2 .*number/],
])('%s is told with its line', (_, line, message) => {
  expect(() => parseLedger(`${JSON.stringify(build)}\n${line}\n`, 'ledger.jsonl')).toThrow(message);
});

test.each([
  [[], 1],
  [[1, 2], 3],
  [[7, 2], 8],
])('after %j comes %i', (numbers, next) => {
  expect(nextNumber(numbers)).toBe(next);
});

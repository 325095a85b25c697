import { expect, test } from 'vitest';
import { merge } from './merge.ts';
import { doesNot, parseResult, type Run, works } from './result.ts';

const run = (day: number): Run => ({
  at: `2026-11-${day}T08:00:00.000Z`,
  ...{ commit: '0123456789', node: 'v24.0.0', system: 'Linux 6 x64' },
});
const first = merge(undefined, 'LocalStack 4.14.0', run(10), {
  'proof-3': doesNot('the oven is cold'),
  start: works,
  bootstrap: works,
});

test('a result has its rows in the order of the page, each with its run', () => {
  expect(first.runs).toEqual([run(10)]);
  expect(Object.entries(first.rows)).toEqual([
    ['bootstrap', { outcome: 'works', run: 0 }],
    ['start', { outcome: 'works', run: 0 }],
    ['proof-3', { outcome: 'does not', reason: 'the oven is cold', run: 0 }],
  ]);
});

test('what is run again is of the new run, and the rest stays of the old one', () => {
  const merged = merge(first, 'LocalStack 4.14.0', run(11), { 'proof-3': works });
  expect(merged.runs).toEqual([run(10), run(11)]);
  expect(merged.rows).toMatchObject({
    start: { outcome: 'works', run: 0 },
    'proof-3': { outcome: 'works', run: 1 },
  });
  expect(merged.rows['proof-3']).not.toHaveProperty('reason');
});

test('a run that is merged job by job is one run, also where it was read from a file between', () => {
  const read = parseResult(JSON.stringify(first), 'file');
  expect(merge(read, 'LocalStack 4.14.0', run(10), { 'proof-4': works }).runs).toEqual([run(10)]);
});

test('a run of which no row is left is gone', () => {
  const again = merge(first, 'LocalStack 4.14.0', run(11), { bootstrap: works, start: works, 'proof-3': works });
  expect(again.runs).toEqual([run(11)]);
  expect(Object.values(again.rows).map((row) => row.run)).toEqual([0, 0, 0]);
});

test('rows that nothing knows any more are gone', () => {
  const old = { ...first, rows: { ...first.rows, 'proof-99': { outcome: 'works', run: 0 } as const } };
  expect(Object.keys(merge(old, 'LocalStack 4.14.0', run(11), { start: works }).rows)).not.toContain('proof-99');
});

test('what is known of another version of the endpoint is not known of this one', () => {
  const newer = merge(first, 'LocalStack 4.15.0', run(11), { start: works });
  expect(newer.runs).toEqual([run(11)]);
  expect(Object.keys(newer.rows)).toEqual(['start']);
});

test.each([
  ['no JSON of the ledger', { endpoint: 'x' }],
  ['an unknown outcome', { ...first, rows: { start: { outcome: 'fine', run: 0 } } }],
  ['a row without a run', { ...first, rows: { start: { outcome: 'works', run: 7 } } }],
])('%s is refused, with the name of its file', (_, content) => {
  expect(() => parseResult(JSON.stringify(content), 'docs/endpoints/x.json')).toThrow(
    /^docs\/endpoints\/x\.json is no result/,
  );
});

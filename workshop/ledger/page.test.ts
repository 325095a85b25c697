import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { merge } from './merge.ts';
import { page } from './page.ts';
import { cannotRun, doesNot, notRun, type Run, works } from './result.ts';
import { readResults, resultsIn } from './results-folder.ts';

const docs = resultsIn(join(import.meta.dirname, '..', '..', 'docs'));

test('docs/endpoints.md is what the results say (npm run ledger -- --page writes it)', async () => {
  expect(readFileSync(docs.page, 'utf8')).toBe(page(await readResults(docs)));
});

const run = (day: number, note?: string): Run => ({
  at: `2026-11-${day}T08:00:00.000Z`,
  ...{ commit: '0123456789', node: 'v24.0.0', system: 'Linux 6 x64' },
  ...(note !== undefined && { note }),
});
const other = merge(undefined, 'Bakery 1.0', run(10, 'without an oven'), {
  'Factor00 deploy': works,
  'Factor00 deploy again': works,
  'Factor00 destroy': works,
  'Factor01 deploy': doesNot('the dough | is <raw>'),
  'Factor01 deploy again': notRun('the first deploy failed'),
  'Factor01 destroy': works,
  'proof-6': cannotRun('this endpoint has no fault port'),
  'proof-7': cannotRun('this endpoint has no fault port'),
});
const ours = merge(undefined, 'the embedded AWS', run(11), { bootstrap: works });
const lines = page([other, ours]).split('\n');
const lineOf = (start: string) => lines.find((line) => line.startsWith(start));

test('ours comes first, the others by name, and AWS is not run', () => {
  expect(lines.filter((line) => line.startsWith('|  |'))[0]).toBe('|  | the embedded AWS | Bakery 1.0 | AWS |');
  expect(lineOf('| `npm run cdk -- bootstrap`')).toMatch(/\| works \| not run \| not run here \|$/);
});

test('each run has its date, its commit, Node, system and what was substituted', () => {
  expect(lineOf('| Bakery 1.0')).toBe(
    '| Bakery 1.0 | 2026-11-10 | `0123456789` | v24.0.0 | Linux 6 x64 | without an oven |',
  );
});

test('the steps of a stage are one word where they agree, and each its own where they do not', () => {
  expect(lineOf('| `Factor00`')).toContain('| works |');
  expect(lineOf('| `Factor01`')).toContain('| deploy does not [^1]; deploy again not run [^2]; destroy works |');
});

test('a reason is a numbered note, one for all rows that have it, and text and not Markdown', () => {
  expect(lineOf('[^1]:')).toBe('[^1]: The dough | is \\<raw\\>.');
  expect(lines.filter((line) => line.includes('cannot run here [^3]'))).toHaveLength(2);
  expect(lines.filter((line) => line.startsWith('[^3]:'))).toEqual(['[^3]: This endpoint has no fault port.']);
});

test('a cell says of which run it is where a column has several', () => {
  const twice = page([merge(ours, 'the embedded AWS', run(12), { start: works })]).split('\n');
  expect(twice.filter((line) => line.startsWith('| the embedded AWS, run'))).toHaveLength(2);
  expect(twice.find((line) => line.startsWith('| `npm run cdk -- bootstrap`'))).toContain('| works, run 1 |');
  expect(twice.find((line) => line.startsWith('| `npm start`'))).toContain('| works, run 2 |');
});

import { expect, test } from 'vitest';
import { rowsOf, sample } from './sample.ts';
import { markdownTable, textTable } from './table.ts';

const rows = rowsOf([
  [sample('order', 'ms', 2), sample('order', 'ms', 4.004), sample('CPU', 'ms', 1)],
  [sample('order', 'ms', 1500), sample('CPU', 'ms', undefined)],
]);

test('a table in Markdown', () => {
  expect(markdownTable(['ours', 'theirs'], rows).split('\n')).toEqual([
    '| figure | ours | theirs | theirs / ours |',
    '| --- | --- | --- | --- |',
    '| order | 3 ms (2 to 4) | 1500 ms | 500 times |',
    '| CPU | 1 ms | not known | not known |',
  ]);
});

test('a table for a terminal', () => {
  expect(textTable(['ours', 'theirs'], rows, 100).split('\n')).toEqual([
    'figure  ours           theirs     theirs / ours',
    'order   3 ms (2 to 4)  1500 ms    500 times',
    'CPU     1 ms           not known  not known',
  ]);
});

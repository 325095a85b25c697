import { describe, expect, test } from 'vitest';
import { columnWidths, indented, rowLines, widthFor, wrapped } from './text-table.ts';

test.each([
  { text: 'orders that are lost', width: 80, lines: ['orders that are lost'] },
  { text: 'orders that are lost', width: 11, lines: ['orders that', 'are lost'] },
  { text: 'arn:aws:lambda:one', width: 8, lines: ['arn:aws:', 'lambda:o', 'ne'] },
  { text: '', width: 8, lines: [''] },
])('"$text" in $width columns is $lines', ({ text, width, lines }) => {
  expect(wrapped(text, width)).toEqual(lines);
});

describe('a table', () => {
  const rows = [
    ['observable', 'before', 'after'],
    ['a title that is long enough to have to be broken somewhere in the middle of it', '25', '0'],
    ['lost', 'chocolate-chip, sabayon, smores, raisin and gingerbread', 'none'],
  ];

  test.each([40, 80, 120])('is no wider than %i columns, and loses no word', (width) => {
    const widths = columnWidths(rows, width);
    const lines = rows.flatMap((row) => rowLines(row, widths));
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
    const words = (text: string) => text.split(/\s+/).sort();
    expect(words(lines.join(' '))).toEqual(words(rows.flat().join(' ')));
  });

  test('that fits is as wide as it has to be', () => {
    const small = [
      ['a', 'bb'],
      ['ccc', 'd'],
    ];
    expect(small.flatMap((row) => rowLines(row, columnWidths(small, 80)))).toEqual(['a    bb', 'ccc  d']);
  });

  test('has numbers at the right edge, and paints words but no blanks', () => {
    const style = { isRight: (column: number) => column === 1, paint: (_: number, text: string) => `<${text}>` };
    expect(rowLines(['lost', '7'], [6, 3], style)).toEqual(['<lost>      <7>']);
  });
});

test('an indented text is no wider than it may be', () => {
  expect(indented('orders lost: missed after\nagain', 2, 16)).toEqual(['  orders lost:', '  missed after', '  again']);
});

test.each([
  { columns: undefined, width: 80 },
  { columns: 60, width: 60 },
  { columns: 10, width: 40 },
  { columns: 300, width: 120 },
])('a terminal of $columns columns gets texts of $width', ({ columns, width }) => {
  expect(widthFor(columns === undefined ? {} : { columns })).toBe(width);
});

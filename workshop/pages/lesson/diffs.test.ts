import { expect, test } from 'vitest';
import { hunksBetween } from '../../diff/hunks.ts';
import { rowsOf } from './diffs.ts';
import { highlightedLines } from './highlight.ts';

const between = (before: string, after: string) =>
  hunksBetween(before, after).flatMap((hunk) =>
    rowsOf(hunk, highlightedLines(before, 'txt'), highlightedLines(after, 'txt')),
  );
const textOf = (line: { readonly parts: readonly (readonly [string, string])[] } | undefined) =>
  line?.parts.map(([, text]) => text).join('');

test('what is removed stands beside what is added in its place', () => {
  const rows = between('a\nb\nc\nd\n', 'a\nB\nC\nx\nd\n');
  expect(rows.map(({ before, after }) => [textOf(before), textOf(after)])).toEqual([
    ['a', 'a'],
    ['b', 'B'],
    ['c', 'C'],
    [undefined, 'x'],
    ['d', 'd'],
  ]);
  expect(rows.map(({ before, after }) => [before?.number, after?.number])).toEqual([
    [1, 1],
    [2, 2],
    [3, 3],
    [undefined, 4],
    [4, 5],
  ]);
});

test.each(['ts', 'yaml', 'sh', 'json', 'mermaid'])('coloured %s keeps every character', (language) => {
  const code = 'const a = `x`; // note\n\n/* two\n lines */\nkey: "value" # end\n$ npm start';
  const lines = highlightedLines(code, language).map((parts) => parts.map(([, text]) => text).join(''));
  expect(lines.join('\n')).toBe(code);
});

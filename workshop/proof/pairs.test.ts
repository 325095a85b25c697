import { expect, test } from 'vitest';
import { factorsOf, pairsOf } from './pairs.ts';

test.each(['0', '13', '-1', '1.5', '007', 'abc', '', ' 6', '6x'])('there is no factor "%s"', (text) => {
  expect(() => factorsOf(text)).toThrow(`There is no factor "${text}": give one of 1 to 12, or all.`);
});

test('all are the twelve', () => {
  expect(factorsOf('all')).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(factorsOf('06')).toEqual([6]);
});

test.each([
  { self: undefined, pairs: ['5 6'] },
  { self: 'before' as const, pairs: ['5 5'] },
  { self: 'after' as const, pairs: ['6 6'] },
  { self: 'all' as const, pairs: ['5 5', '6 6'] },
])('compares $pairs with --self $self', ({ self, pairs }) => {
  expect(pairsOf([6], self).map(({ factor, before, after }) => `${factor}: ${before} ${after}`)).toEqual(
    pairs.map((pair) => `6: ${pair}`),
  );
});

test('all 24 of the twelve against themselves', () => {
  expect(pairsOf(factorsOf('all'), 'all')).toHaveLength(24);
});

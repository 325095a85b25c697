import { expect, test } from 'vitest';
import { linear, logarithmic } from './chart.ts';

test.each([
  { values: [0, 8], ticks: [0, 1, 2, 3, 4, 5, 6, 7, 8] },
  { values: [0, 130], ticks: [0, 20, 40, 60, 80, 100, 120] },
  { values: [0, 0.5], ticks: [0, 0.1, 0.2, 0.3, 0.4, 0.5] },
  { values: [-0.7, 4.7], ticks: [0, 1, 2, 3, 4] },
  { values: [0, 0], ticks: [0] },
] as const)('an axis of $values has ticks at $ticks', ({ values, ticks }) => {
  expect(linear(values, [0, 100]).ticks).toEqual(ticks);
});

test('equal differences are equal distances', () => {
  const { at } = linear([0, 10], [200, 100]);
  expect([0, 5, 10].map(at)).toEqual([200, 150, 100]);
});

test.each([
  { values: [1, 95], ticks: [1, 2, 5, 10, 20, 50] },
  { values: [2, 60_000], ticks: [10, 100, 1_000, 10_000] },
] as const)('a logarithmic axis of $values has ticks at $ticks', ({ values, ticks }) => {
  expect(logarithmic(values, [0, 100]).ticks).toEqual(ticks);
});

test('equal ratios are equal distances', () => {
  const { at } = logarithmic([1, 100], [0, 100]);
  expect([1, 10, 100].map(at)).toEqual([0, 50, 100]);
});

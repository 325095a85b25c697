import { expect, test } from 'vitest';
import { median, rowsOf, sample } from './sample.ts';

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 2, 3], 2.5],
  [[7], 7],
  [[], Number.NaN],
])('the median of %j is %d', (numbers, expected) => {
  expect(median(numbers)).toBe(expected);
});

test('a row has the median and the spread of each endpoint, and how they compare', () => {
  const ours = [2, 1, 3].map((value) => sample('wait', 'ms', value));
  const theirs = [10, 8, 60].map((value) => sample('wait', 'ms', value));
  expect(rowsOf([ours, theirs])).toEqual([
    {
      figure: 'wait',
      unit: 'ms',
      spreads: [
        { median: 2, least: 1, most: 3 },
        { median: 10, least: 8, most: 60 },
      ],
      ratios: [5],
    },
  ]);
});

test('what is not known of an endpoint is compared with nothing', () => {
  const [row] = rowsOf([[sample('CPU', 'ms', 2)], [sample('CPU', 'ms', undefined)]]);
  expect(row).toMatchObject({ spreads: [{ median: 2 }, undefined], ratios: [undefined] });
});

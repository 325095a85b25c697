import { expect, test } from 'vitest';
import { atLeast, atMost, percentile, showFigures, shown } from './figure.ts';

test.each([
  { samples: [1], part: 0.5, value: 1 },
  { samples: [3, 1, 2], part: 0.5, value: 2 },
  { samples: [1, 2, 3, 4], part: 0.99, value: 4 },
  { samples: [1, 2, 3, 4], part: 0, value: 1 },
])('the part $part of $samples lies below $value', ({ samples, part, value }) => {
  expect(percentile(samples, part)).toBe(value);
});

test('no samples have no percentile', () => {
  expect(() => percentile([], 0.5)).toThrow('no samples');
});

test('a missed figure is called missed', () => {
  const table = showFigures([atMost('time', 3, 2, 's'), atLeast('rate', 3, 2, '/s'), shown('tail', 9, 'ms')]);
  expect(table.split('\n')).toEqual([
    'time             3 s  <= 2     MISSED',
    'rate            3 /s  >= 2     met',
    'tail            9 ms',
  ]);
});

import { expect, test } from 'vitest';
import { percentile } from './percentile.ts';

test.each([
  { numbers: [], part: 0.5, value: undefined },
  { numbers: [1], part: 0.5, value: 1 },
  { numbers: [3, 1, 2], part: 0.5, value: 2 },
  { numbers: [1, 2, 3, 4], part: 0.99, value: 4 },
  { numbers: [1, 2, 3, 4], part: 0, value: 1 },
  { numbers: [1, 2, 3, 4], part: 1, value: 4 },
])('the part $part of $numbers lies below $value', ({ numbers, part, value }) => {
  expect(percentile(numbers, part)).toBe(value);
});

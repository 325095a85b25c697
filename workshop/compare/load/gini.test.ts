import { expect, test } from 'vitest';
import { gini } from './gini.ts';

test.each([
  { shares: [], coefficient: undefined },
  { shares: [0, 0], coefficient: undefined },
  { shares: [7], coefficient: 0 },
  { shares: [5, 5, 5, 5], coefficient: 0 },
  { shares: [0, 0, 0, 12], coefficient: 0.75 },
  { shares: [1, 3], coefficient: 0.25 },
  { shares: [3, 1], coefficient: 0.25 },
])('$shares is $coefficient', ({ shares, coefficient }) => {
  const found = gini(shares);
  if (coefficient === undefined) {
    expect(found).toBeUndefined();
  } else {
    expect(found).toBeCloseTo(coefficient, 10);
  }
});

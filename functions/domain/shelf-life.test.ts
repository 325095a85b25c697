import { expect, test } from 'vitest';
import { chocolateChip, sabayon } from './kitchen.fixture.ts';
import { bestBefore } from './shelf-life.ts';

test.each([
  ['one recipe', '2026-11-23T08:00:00.000Z', [chocolateChip], '2026-12-07'],
  ['the shortest of several', '2026-11-23T08:00:00.000Z', [chocolateChip, sabayon], '2026-11-25'],
  ['a moment before midnight in UTC', '2026-12-30T23:59:59.999Z', [sabayon], '2027-01-01'],
  ['midnight in UTC', '2026-12-31T00:00:00.000Z', [sabayon], '2027-01-02'],
  ['over a leap day', '2028-02-28T12:00:00.000Z', [sabayon], '2028-03-01'],
])('%s', (_, bakedAt, recipes, day) => {
  expect(bestBefore(new Date(bakedAt), recipes)).toBe(day);
});

import { expect, test } from 'vitest';
import { type BakedNotice, reportSatisfaction } from './satisfaction.ts';

const notice = (recipes: readonly string[], bakedAt: string, waitMs: number): BakedNotice => ({
  eventId: crypto.randomUUID(),
  orderId: '1',
  items: recipes.map((recipe) => ({ recipe, quantity: 3 })),
  bakedAt,
  waitMs,
});

async function* pagesOf(...pages: readonly BakedNotice[][]) {
  yield* pages;
}

test('of nobody, nobody knows', async () => {
  expect(await reportSatisfaction(pagesOf([]), 60)).toEqual({
    promisedSeconds: 60,
    orders: 0,
    inTime: 0,
    satisfied: null,
    byRecipe: [],
    byHour: [],
  });
});

test.each([
  ['at once', 0, 1],
  ['at the last moment', 60_000, 1],
  ['a moment too late', 60_001, 0],
  ['before it was placed, by another clock', -3, 1],
])('baked %s', async (_, waitMs, satisfied) => {
  const pages = pagesOf([notice(['sabayon'], '2026-11-23T08:00:00.000Z', waitMs)]);
  expect(await reportSatisfaction(pages, 60)).toMatchObject({ orders: 1, inTime: satisfied, satisfied });
});

test('an order counts once for each of its recipes, and for the hour it was baked in', async () => {
  const pages = pagesOf(
    [
      notice(['sabayon', 'raisin'], '2026-11-23T09:00:00.000Z', 1_000),
      notice(['raisin', 'raisin'], '2026-11-23T08:59:59.999Z', 2_001),
    ],
    [notice(['raisin'], '2026-11-23T09:30:00.000Z', 2_000), notice(['raisin'], '2026-11-22T23:00:00.000Z', 9_000)],
  );
  expect(await reportSatisfaction(pages, 2)).toEqual({
    promisedSeconds: 2,
    orders: 4,
    inTime: 2,
    satisfied: 0.5,
    byRecipe: [
      { recipe: 'raisin', orders: 4, inTime: 2, satisfied: 0.5 },
      { recipe: 'sabayon', orders: 1, inTime: 1, satisfied: 1 },
    ],
    byHour: [
      { hour: '2026-11-22T23:00Z', orders: 1, inTime: 0, satisfied: 0 },
      { hour: '2026-11-23T08:00Z', orders: 1, inTime: 0, satisfied: 0 },
      { hour: '2026-11-23T09:00Z', orders: 2, inTime: 2, satisfied: 1 },
    ],
  });
});

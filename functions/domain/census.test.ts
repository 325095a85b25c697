import { expect, test } from 'vitest';
import { type CountedOrder, takeCensus } from './census.ts';

const received = (placedAt: string, quantity = 1): CountedOrder => ({
  status: 'RECEIVED',
  placedAt,
  items: [{ recipe: 'raisin', quantity }],
});
const baked = (placedAt: string, bakedAt: string): CountedOrder => ({
  ...received(placedAt),
  status: 'BAKED',
  bakedAt,
});

async function* pagesOf(...pages: readonly CountedOrder[][]) {
  for (const orders of pages) {
    yield { orders, unreadable: [] };
  }
}

test('no orders are none of each', async () => {
  expect(await takeCensus(pagesOf())).toEqual({
    orders: { RECEIVED: 0, BAKED: 0 },
    cookies: 0,
    unreadable: 0,
    placed: 0,
    baked: 0,
  });
});

test('orders are counted over all pages, and their cookies with them', async () => {
  const pages = pagesOf([received('2026-11-23T08:00:00.000Z', 5)], [], [baked('2026-11-23T07:00:00.000Z', '')]);
  expect(await takeCensus(pages)).toMatchObject({ orders: { RECEIVED: 1, BAKED: 1 }, cookies: 6, placed: 0 });
});

const second = (seconds: number) => `2026-11-23T08:00:0${seconds}.000Z`;

test.each([
  ['before it', [received(second(1))], { placed: 0, baked: 0 }],
  ['at its beginning', [received(second(2))], { placed: 1, baked: 0 }],
  ['during it', [received(second(3))], { placed: 1, baked: 0 }],
  ['at its end', [received(second(4))], { placed: 0, baked: 0 }],
  ['before it, and baked during it', [baked(second(1), second(3))], { placed: 0, baked: 1 }],
  ['during it, and baked during it', [baked(second(2), second(3))], { placed: 1, baked: 1 }],
  ['during it, and baked after it', [baked(second(3), second(5))], { placed: 1, baked: 0 }],
])('of a period, an order placed %s', async (_, page, activity) => {
  expect(await takeCensus(pagesOf(page), { from: second(2), until: second(4) })).toMatchObject(activity);
});

test('what cannot be read is told and counted, and is none of the orders', async () => {
  const torso = { orderId: 'torso', why: 'it is wrong at items' };
  const told: unknown[] = [];
  async function* pages() {
    yield { orders: [received(second(1))], unreadable: [torso] };
  }
  expect(await takeCensus(pages(), undefined, (skipped) => told.push(skipped))).toMatchObject({
    orders: { RECEIVED: 1, BAKED: 0 },
    unreadable: 1,
  });
  expect(told).toEqual([torso]);
});

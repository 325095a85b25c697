import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orderLimits } from './contract.ts';
import { answersRequest, asReceived, countCookies, isQuantity, receiveOrder, ticketFor } from './order.ts';

const now = new Date('2026-11-23T08:00:00.000Z');

test.each([
  [1, true],
  [100, true],
  [0, false],
  [-1, false],
  [1.5, false],
  [101, false],
  [10_000, false],
  [Number.NaN, false],
])('a quantity of %d: %s', (quantity, isOne) => {
  expect(isQuantity(quantity)).toBe(isOne);
});

test('a new order waits to be baked, and costs what its items cost', () => {
  const items = [
    { recipe: 'chocolate-chip', quantity: 12, priceCents: 150 },
    { recipe: 'sabayon', quantity: 1, priceCents: 280 },
  ];
  expect(receiveOrder('1', 'Ada', items, now)).toEqual({
    orderId: '1',
    customer: 'Ada',
    items,
    totalCents: 2_080,
    status: 'RECEIVED',
    placedAt: '2026-11-23T08:00:00.000Z',
  });
});

const pricedItem = fc.record({
  recipe: fc.string(),
  quantity: fc.integer({ min: 1, max: orderLimits.quantity }),
  priceCents: fc.integer({ min: 1, max: 100_000 }),
});
const pricedItems = fc.array(pricedItem, { minLength: 1, maxLength: orderLimits.items });

test('a total is whole cents, and no less than a cent a cookie', () => {
  fc.assert(
    fc.property(pricedItems, (items) => {
      const { totalCents } = receiveOrder('1', 'Ada', items, now);
      expect(Number.isSafeInteger(totalCents)).toBe(true);
      expect(totalCents).toBeGreaterThanOrEqual(countCookies(items));
    }),
  );
});

test('an order is shown as it was received, to the byte, whatever has become of it', () => {
  fc.assert(
    fc.property(pricedItems, (items) => {
      const received = receiveOrder('1', 'Ada', items, now);
      const { orderId, ...facts } = received;
      const bake = { bakedAt: now.toISOString(), bestBefore: '2026-11-25', voucher: 'ab' };
      const baked = { ...bake, ...facts, queuedAt: now.toISOString(), status: 'BAKED', orderId } as const;
      expect(JSON.stringify(asReceived(baked))).toBe(JSON.stringify(received));
    }),
  );
});

test('an order answers the request it was made of, at whatever price', () => {
  fc.assert(
    fc.property(pricedItems, (items) => {
      const request = { customer: 'Ada', items: items.map(({ recipe, quantity }) => ({ recipe, quantity })) };
      expect(answersRequest(receiveOrder('1', 'Ada', items, now), request)).toBe(true);
    }),
  );
});

const order = receiveOrder('1', 'Ada', [{ recipe: 'raisin', quantity: 2, priceCents: 110 }], now);

test.each([
  ['another customer', { customer: 'Bob', items: [{ recipe: 'raisin', quantity: 2 }] }],
  ['another recipe', { customer: 'Ada', items: [{ recipe: 'smores', quantity: 2 }] }],
  ['another quantity', { customer: 'Ada', items: [{ recipe: 'raisin', quantity: 3 }] }],
  ['one item more', { customer: 'Ada', items: [...order.items, { recipe: 'raisin', quantity: 2 }] }],
])('an order does not answer a request of %s', (_, request) => {
  expect(answersRequest(order, request)).toBe(false);
});

test('a bake ticket has no customer and no price', () => {
  expect(ticketFor(order)).toEqual({
    orderId: '1',
    placedAt: '2026-11-23T08:00:00.000Z',
    items: [{ recipe: 'raisin', quantity: 2 }],
  });
});

import { beforeEach, expect, test } from 'vitest';
import {
  chocolateChip,
  JournalInMemory,
  OrdersInMemory,
  QueueInMemory,
  RecipesInMemory,
  StandingClock,
  sabayon,
} from '../domain/kitchen.fixture.ts';
import { placeOrder } from './place-order.ts';

const request = { customer: 'Ada', items: [{ recipe: 'sabayon', quantity: 2 }] };

let desk: {
  orders: OrdersInMemory;
  bakeQueue: QueueInMemory;
  recipeBook: RecipesInMemory;
  journal: JournalInMemory;
  clock: () => Date;
};

beforeEach(() => {
  desk = {
    orders: new OrdersInMemory(),
    bakeQueue: new QueueInMemory(),
    recipeBook: new RecipesInMemory(chocolateChip, sabayon),
    journal: new JournalInMemory(),
    clock: new StandingClock().now,
  };
});

test('an order is stored, put on the queue, and marked as queued', async () => {
  const order = await placeOrder(request, desk);
  const { orderId } = order;
  expect(order).toMatchObject({ ...request, totalCents: 560, status: 'RECEIVED' });
  expect(desk.bakeQueue.tickets).toEqual([{ orderId, placedAt: order.placedAt, items: request.items }]);
  expect(desk.orders.orders.get(orderId)).toEqual({ ...order, queuedAt: '2026-11-23T08:00:00.000Z' });
  expect(desk.journal.events).toEqual([
    {
      event: 'OrderPlaced',
      eventId: `OrderPlaced ${orderId} 2026-11-23T08:00:00.000Z`,
      ...{ orderId, items: request.items, cookies: 2, totalCents: 560 },
    },
  ]);
});

test('an order nobody can bake is refused, and nothing is stored or queued', async () => {
  const unknown = { ...request, items: [...request.items, { recipe: 'spinach', quantity: 1 }] };
  await expect(placeOrder(unknown, desk)).rejects.toMatchObject({ name: 'UnknownRecipe' });
  expect(desk.orders.orders.size).toBe(0);
  expect(desk.bakeQueue.tickets).toEqual([]);
});

test('without a key, the same request is another order', async () => {
  const [one, other] = [await placeOrder(request, desk), await placeOrder(request, desk)];
  expect(one.orderId).not.toBe(other.orderId);
});

test('when the queue is down the order is accepted, and left for cleanup to queue', async () => {
  desk.bakeQueue.isDown = true;
  const { orderId } = await placeOrder(request, desk);
  expect(desk.orders.orders.get(orderId)).not.toHaveProperty('queuedAt');
  expect(desk.journal.names()).toEqual(['OrderPlaced', 'OrderNotQueued']);
});

test('an order that cannot be stored is not accepted', async () => {
  desk.orders.add = () => Promise.reject(new Error('the store is down'));
  await expect(placeOrder(request, desk)).rejects.toThrow('the store is down');
  expect(desk.bakeQueue.tickets).toEqual([]);
});

test('a request that comes again after a failure half-way is the same order, priced and queued once', async () => {
  const keyed = { ...request, idempotencyKey: 'breakfast' };
  desk.bakeQueue.isDown = true;
  const first = await placeOrder(keyed, desk);
  desk.bakeQueue.isDown = false;
  desk.recipeBook.write({ ...sabayon, priceCents: 999 });
  const again = await placeOrder(keyed, desk);
  const third = await placeOrder(keyed, desk);
  expect([again, third]).toEqual([first, { ...first, queuedAt: expect.any(String) }]);
  expect(desk.bakeQueue.tickets).toHaveLength(1);
  expect(desk.orders.orders.size).toBe(1);
});

test('the same key with another request is refused', async () => {
  await placeOrder({ ...request, idempotencyKey: 'breakfast' }, desk);
  await expect(placeOrder({ ...request, customer: 'Bob', idempotencyKey: 'breakfast' }, desk)).rejects.toMatchObject({
    name: 'IdempotencyKeyReused',
  });
});

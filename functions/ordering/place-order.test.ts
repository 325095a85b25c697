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

let dependencies: {
  orders: OrdersInMemory;
  bakeQueue: QueueInMemory;
  recipeBook: RecipesInMemory;
  journal: JournalInMemory;
  clock: () => Date;
};

beforeEach(() => {
  dependencies = {
    orders: new OrdersInMemory(),
    bakeQueue: new QueueInMemory(),
    recipeBook: new RecipesInMemory(chocolateChip, sabayon),
    journal: new JournalInMemory(),
    clock: new StandingClock().now,
  };
});

test('an order is stored, put on the queue, and marked as queued', async () => {
  const order = await placeOrder(request, dependencies);
  const { orderId } = order;
  expect(order).toMatchObject({ ...request, totalCents: 560, status: 'RECEIVED' });
  expect(dependencies.bakeQueue.tickets).toEqual([{ orderId, placedAt: order.placedAt, items: request.items }]);
  expect(dependencies.orders.orders.get(orderId)).toEqual({ ...order, queuedAt: '2026-11-23T08:00:00.000Z' });
  expect(dependencies.journal.events).toEqual([
    {
      event: 'OrderPlaced',
      eventId: `OrderPlaced ${orderId} 2026-11-23T08:00:00.000Z`,
      ...{ orderId, items: request.items, cookies: 2, totalCents: 560 },
    },
  ]);
});

test('an order nobody can bake is refused, and nothing is stored or queued', async () => {
  const unknown = { ...request, items: [...request.items, { recipe: 'spinach', quantity: 1 }] };
  await expect(placeOrder(unknown, dependencies)).rejects.toMatchObject({ name: 'UnknownRecipe' });
  expect(dependencies.orders.orders.size).toBe(0);
  expect(dependencies.bakeQueue.tickets).toEqual([]);
});

test('without a key, the same request is another order', async () => {
  const [one, other] = [await placeOrder(request, dependencies), await placeOrder(request, dependencies)];
  expect(one.orderId).not.toBe(other.orderId);
});

test('when the queue is down the order is accepted, and left for cleanup to queue', async () => {
  dependencies.bakeQueue.isDown = true;
  const { orderId } = await placeOrder(request, dependencies);
  expect(dependencies.orders.orders.get(orderId)).not.toHaveProperty('queuedAt');
  expect(dependencies.journal.names()).toEqual(['OrderPlaced', 'OrderNotQueued']);
});

test('an order that cannot be stored is not accepted', async () => {
  dependencies.orders.add = () => Promise.reject(new Error('the store is down'));
  await expect(placeOrder(request, dependencies)).rejects.toThrow('the store is down');
  expect(dependencies.bakeQueue.tickets).toEqual([]);
});

test('a request that comes again after a failure half-way is the same order, priced and queued once', async () => {
  const keyed = { ...request, idempotencyKey: 'breakfast' };
  dependencies.bakeQueue.isDown = true;
  const first = await placeOrder(keyed, dependencies);
  dependencies.bakeQueue.isDown = false;
  dependencies.recipeBook.write({ ...sabayon, priceCents: 999 });
  const again = await placeOrder(keyed, dependencies);
  const third = await placeOrder(keyed, dependencies);
  expect([again, third]).toEqual([first, { ...first, queuedAt: expect.any(String) }]);
  expect(dependencies.bakeQueue.tickets).toHaveLength(1);
  expect(dependencies.orders.orders.size).toBe(1);
});

test('the same key with another request is refused', async () => {
  await placeOrder({ ...request, idempotencyKey: 'breakfast' }, dependencies);
  await expect(
    placeOrder({ ...request, customer: 'Bob', idempotencyKey: 'breakfast' }, dependencies),
  ).rejects.toMatchObject({
    name: 'IdempotencyKeyReused',
  });
});

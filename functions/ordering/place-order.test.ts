import { beforeEach, expect, test } from 'vitest';
import { orderPlaced } from '../domain/journal.ts';
import {
  chocolateChip,
  JournalInMemory,
  OrdersInMemory,
  QueueInMemory,
  RecipesInMemory,
  StandingClock,
  sabayon,
} from '../domain/kitchen.fixture.ts';
import type { Order, OrderRequest } from '../domain/order.ts';
import type { BakeQueue, TimeLimit } from '../domain/ports.ts';
import { placeOrder } from './place-order.ts';

const request = { customer: 'Ada', items: [{ recipe: 'sabayon', quantity: 2 }] };

let dependencies: {
  orders: OrdersInMemory;
  bakeQueue: QueueInMemory;
  recipeBook: RecipesInMemory;
  journal: JournalInMemory;
  clock: () => Date;
};
let clock: StandingClock;

beforeEach(() => {
  clock = new StandingClock();
  dependencies = {
    orders: new OrdersInMemory(),
    bakeQueue: new QueueInMemory(),
    recipeBook: new RecipesInMemory(chocolateChip, sabayon),
    journal: new JournalInMemory(),
    clock: clock.now,
  };
});

/** As long as any request may take. */
const aMinute: TimeLimit = { getRemainingTimeInMillis: () => 60_000 };
const later = '2026-11-23T08:01:00.000Z';

const place = (asked: OrderRequest) => placeOrder(asked, dependencies, aMinute);

test('an order is stored, put on the queue, and marked as queued', async () => {
  const order = await place(request);
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
  await expect(place(unknown)).rejects.toMatchObject({ name: 'UnknownRecipe' });
  expect(dependencies.orders.orders.size).toBe(0);
  expect(dependencies.bakeQueue.tickets).toEqual([]);
});

test('without a key, the same request is another order', async () => {
  const [one, other] = [await place(request), await place(request)];
  expect(one.orderId).not.toBe(other.orderId);
});

test('when the queue is down the order is accepted, and left for cleanup to queue', async () => {
  dependencies.bakeQueue.isDown = true;
  const { orderId } = await place(request);
  expect(dependencies.orders.orders.get(orderId)).not.toHaveProperty('queuedAt');
  expect(dependencies.journal.names()).toEqual(['OrderPlaced', 'OrderNotQueued']);
});

test('an order that cannot be stored is not accepted', async () => {
  dependencies.orders.add = () => Promise.reject(new Error('the store is down'));
  await expect(place(request)).rejects.toThrow('the store is down');
  expect(dependencies.bakeQueue.tickets).toEqual([]);
});

const keyed = { ...request, idempotencyKey: 'breakfast' };
const again = () => placeOrder(keyed, dependencies, aMinute);

test('a request that comes again is answered as at first, whatever has become of the order', async () => {
  const first = JSON.stringify(await place(keyed));
  expect(JSON.stringify(await again())).toBe(first);
  const { orderId } = JSON.parse(first) as Order;
  const stored = dependencies.orders.orders.get(orderId);
  await dependencies.orders.recordBake(stored as Order, { bakedAt: later, bestBefore: '2026-11-25', voucher: 'ab' });
  expect(JSON.stringify(await again())).toBe(first);
  expect(dependencies.orders.orders.get(orderId)).toMatchObject({ status: 'BAKED', queuedAt: expect.any(String) });
});

test.each<[string, () => void]>([
  ['its recipe costs more now', () => dependencies.recipeBook.write({ ...sabayon, priceCents: 999 })],
  ['its recipe was withdrawn', () => Object.assign(dependencies, { recipeBook: new RecipesInMemory(chocolateChip) })],
  [
    'the recipe book cannot be read',
    () => Object.assign(dependencies.recipeBook, { recipes: () => Promise.reject(new Error('no book')) }),
  ],
])('a request that comes again is answered as at first, although %s', async (_, change) => {
  const first = await place(keyed);
  change();
  expect(await again()).toEqual(first);
  expect(dependencies.bakeQueue.tickets).toHaveLength(1);
  expect(dependencies.journal.names()).toEqual(['OrderPlaced']);
});

test.each([
  ['another customer', { customer: 'Bob' }],
  ['more cookies', { items: [{ recipe: 'sabayon', quantity: 3 }] }],
  ['other cookies', { items: [{ recipe: 'chocolate-chip', quantity: 2 }] }],
  ['cookies that nobody bakes', { items: [{ recipe: 'spinach', quantity: 2 }] }],
])('the same key with %s is refused, and the order stays as it is', async (_, change) => {
  const first = await place(keyed);
  const stored = dependencies.orders.orders.get(first.orderId);
  await expect(place({ ...keyed, ...change })).rejects.toMatchObject({ name: 'IdempotencyKeyReused' });
  expect([...dependencies.orders.orders.values()]).toEqual([stored]);
  expect(dependencies.bakeQueue.tickets).toHaveLength(1);
});

test('a key whose order was refused is free, also for another order', async () => {
  const unknown = { ...keyed, items: [{ recipe: 'spinach', quantity: 1 }] };
  await expect(place(unknown)).rejects.toMatchObject({ name: 'UnknownRecipe' });
  expect(await place(keyed)).toMatchObject(request);
});

test('a key whose order was removed is free: the order has the same id, and another time', async () => {
  const first = await place(keyed);
  await dependencies.orders.remove(first);
  clock.passMinutes(1);
  expect(await again()).toMatchObject({ orderId: first.orderId, placedAt: later });
  expect(dependencies.bakeQueue.tickets).toHaveLength(2);
});

test('requests that come at the same time are one order, priced once, announced once and queued once', async () => {
  const placed = await Promise.all(Array.from({ length: 5 }, () => place(keyed)));
  expect(new Set(placed.map((order) => JSON.stringify(order))).size).toBe(1);
  expect(dependencies.orders.orders.size).toBe(1);
  expect(dependencies.journal.names()).toEqual(['OrderPlaced']);
  expect(dependencies.bakeQueue.tickets).toHaveLength(1);
});

test('an order that is being queued is left to the request that stored it', async () => {
  const reached = Promise.withResolvers<void>();
  const free = Promise.withResolvers<void>();
  const { bakeQueue } = dependencies;
  const slow: BakeQueue = {
    put: async (ticket) => {
      reached.resolve();
      await free.promise;
      await bakeQueue.put(ticket);
    },
  };
  const first = placeOrder(keyed, { ...dependencies, bakeQueue: slow }, aMinute);
  await reached.promise;
  clock.passMinutes(1);
  const second = await again();
  expect(bakeQueue.tickets).toEqual([]);
  free.resolve();
  expect(second).toEqual(await first);
  expect(bakeQueue.tickets).toHaveLength(1);
});

test('an order that its request left unqueued is queued by the next one, once that request must be over', async () => {
  dependencies.bakeQueue.isDown = true;
  const first = await place(keyed);
  dependencies.bakeQueue.isDown = false;
  clock.passMinutes(1);
  expect(await again()).toEqual(first);
  expect(dependencies.bakeQueue.tickets).toEqual([]);
  clock.passMinutes(1 / 60_000);
  expect(await again()).toEqual(first);
  expect(await again()).toEqual(first);
  expect(dependencies.bakeQueue.tickets).toHaveLength(1);
  expect(dependencies.orders.orders.get(first.orderId)).toMatchObject({ queuedAt: '2026-11-23T08:01:00.001Z' });
});

test('an order that its request left unannounced is announced by the one that queues it, under the same event', async () => {
  const stored = await place(keyed);
  dependencies.journal.events.length = 0;
  dependencies.orders.orders.set(stored.orderId, stored);
  clock.passMinutes(2);
  await again();
  expect(dependencies.journal.events).toEqual([{ ...orderPlaced(stored), again: true }]);
});

test('a baked order is not queued again, also where nobody noted that it was queued', async () => {
  const { orderId, ...order } = await place(keyed);
  const bake = { bakedAt: later, bestBefore: '2026-11-25', voucher: 'ab' };
  dependencies.orders.orders.set(orderId, { orderId, ...order, ...bake, status: 'BAKED' });
  clock.passMinutes(2);
  await again();
  expect(dependencies.bakeQueue.tickets).toHaveLength(1);
});

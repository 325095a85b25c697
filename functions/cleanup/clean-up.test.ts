import { beforeEach, expect, test } from 'vitest';
import { orderPlaced } from '../domain/journal.ts';
import { JournalInMemory, noHurry, OrdersInMemory, QueueInMemory, StandingClock } from '../domain/kitchen.fixture.ts';
import { type Order, receiveOrder } from '../domain/order.ts';
import { type CleanUpDependencies, cleanUp } from './clean-up.ts';

const forReal = { dryRun: false };
const items = [{ recipe: 'raisin', quantity: 1, priceCents: 110 }];

let orders: OrdersInMemory;
let bakeQueue: QueueInMemory;
let journal: JournalInMemory;
let clock: StandingClock;
let dependencies: CleanUpDependencies;

beforeEach(() => {
  orders = new OrdersInMemory();
  bakeQueue = new QueueInMemory();
  journal = new JournalInMemory();
  clock = new StandingClock();
  const retention = { keepBakedMinutes: 60, expireMinutes: 120, requeueMinutes: 5 };
  dependencies = { orders, bakeQueue, retention, journal, clock: clock.now };
});

async function receive(orderId: string): Promise<void> {
  await orders.add(receiveOrder(orderId, 'Ada', items, clock.now()));
}

function stored(orderId: string): Order {
  const order = orders.orders.get(orderId);
  if (!order) {
    throw new Error(`no order ${orderId}`);
  }
  return order;
}

async function bake(orderId: string): Promise<void> {
  await orders.recordBake(stored(orderId), {
    bakedAt: clock.now().toISOString(),
    bestBefore: '2026-12-05',
    voucher: 'v',
  });
}

/** One order of every kind. */
async function fillTheShelves(): Promise<void> {
  await receive('expired');
  await receive('eaten');
  clock.passMinutes(60);
  await bake('eaten');
  await receive('baked');
  await receive('queued');
  await orders.markQueued(stored('queued'), clock.now());
  await receive('forgotten');
  clock.passMinutes(60.5);
  await bake('baked');
  await receive('new');
}

test('removes what is past its time, queues what was forgotten, and leaves the rest alone', async () => {
  await fillTheShelves();
  expect(await cleanUp(forReal, dependencies, noHurry)).toEqual({
    removed: { baked: 1, expired: 1 },
    requeued: 1,
    unreadable: 0,
    failed: 0,
    examined: 6,
    complete: true,
    dryRun: false,
  });
  expect([...orders.orders.keys()]).toEqual(['baked', 'queued', 'forgotten', 'new']);
  expect(bakeQueue.tickets.map(({ orderId }) => orderId)).toEqual(['forgotten']);
  expect(journal.names()).toEqual(['OrderRemoved', 'OrderRemoved', 'OrderPlaced', 'OrderRequeued', 'CleanedUp']);
});

test('the report and the log name the release that cleaned, where there is one', async () => {
  expect(await cleanUp(forReal, { ...dependencies, release: '4711' }, noHurry)).toMatchObject({ release: '4711' });
  expect(journal.events.at(-1)).toMatchObject({ event: 'CleanedUp', release: '4711' });
  expect(await cleanUp(forReal, dependencies, noHurry)).not.toHaveProperty('release');
});

test('a second run finds nothing to do', async () => {
  await fillTheShelves();
  await cleanUp(forReal, dependencies, noHurry);
  expect(await cleanUp(forReal, dependencies, noHurry)).toMatchObject({
    removed: { baked: 0, expired: 0 },
    requeued: 0,
  });
  expect(bakeQueue.tickets).toHaveLength(1);
});

test('a dry run counts the same and touches nothing', async () => {
  await fillTheShelves();
  const before = new Map(orders.orders);
  expect(await cleanUp({ dryRun: true }, dependencies, noHurry)).toMatchObject({
    removed: { baked: 1, expired: 1 },
    requeued: 1,
    dryRun: true,
  });
  expect(orders.orders).toEqual(before);
  expect(bakeQueue.tickets).toEqual([]);
  expect(journal.names()).toEqual(['CleanedUp']);
});

test('an order that is baked while it is judged is not removed', async () => {
  await receive('late');
  clock.passMinutes(121);
  const remove = orders.remove.bind(orders);
  orders.remove = async (order) => {
    await bake('late');
    return await remove(order);
  };
  expect(await cleanUp(forReal, dependencies, noHurry)).toMatchObject({
    removed: { baked: 0, expired: 0 },
    examined: 1,
  });
  expect(orders.orders.get('late')).toMatchObject({ status: 'BAKED' });
});

test('an order that cannot be queued stops nothing, is named, and stays forgotten for the next run', async () => {
  await receive('expired');
  clock.passMinutes(115);
  await receive('forgotten');
  await receive('another');
  clock.passMinutes(6);
  const put = bakeQueue.put.bind(bakeQueue);
  bakeQueue.put = (ticket) =>
    ticket.orderId === 'forgotten' ? Promise.reject(new Error('the queue is down')) : put(ticket);
  expect(await cleanUp(forReal, dependencies, noHurry)).toMatchObject({
    removed: { expired: 1 },
    requeued: 1,
    failed: 1,
  });
  expect(journal.events).toContainEqual({
    event: 'CleanupFailed',
    orderId: 'forgotten',
    error: expect.objectContaining({ message: 'the queue is down' }),
  });
  bakeQueue.put = put;
  expect(await cleanUp(forReal, dependencies, noHurry)).toMatchObject({ requeued: 1, failed: 0 });
});

test('what cannot be read stops nothing, is counted, and is named', async () => {
  await receive('expired');
  clock.passMinutes(121);
  const findPast = orders.findPast.bind(orders);
  const torso = { orderId: 'torso', why: 'it is wrong at items' };
  orders.findPast = async function* (deadlines) {
    yield { examined: 1, orders: [], unreadable: [torso] };
    yield* findPast(deadlines);
  };
  expect(await cleanUp(forReal, dependencies, noHurry)).toMatchObject({
    removed: { expired: 1 },
    unreadable: 1,
    examined: 2,
  });
  expect(journal.events).toContainEqual({ event: 'OrderUnreadable', ...torso });
});

test('orders that cannot be gone through fail the run', async () => {
  orders.findPast = async function* () {
    yield* [];
    throw new Error('the store is down');
  };
  await expect(cleanUp(forReal, dependencies, noHurry)).rejects.toThrow('the store is down');
});

test('who puts an order on the queue says that it was placed, as whoever stored it may not have', async () => {
  await receive('forgotten');
  clock.passMinutes(6);
  await cleanUp(forReal, dependencies, noHurry);
  expect(journal.events[0]).toEqual({ ...orderPlaced(stored('forgotten')), again: true });
});

test('it stops in good order when the time is nearly up, and the next run does the rest', async () => {
  for (let i = 0; i < 10; i++) {
    await receive(String(i));
  }
  clock.passMinutes(121);
  let remaining = 10_000;
  const passing = { getRemainingTimeInMillis: () => (remaining -= 1_000) };
  const first = await cleanUp(forReal, dependencies, passing);
  const rest = await cleanUp(forReal, dependencies, noHurry);
  expect(first.complete).toBe(false);
  expect(first.removed.expired).toBeGreaterThan(0);
  expect(rest).toMatchObject({ complete: true, removed: { expired: 10 - first.removed.expired } });
  expect(journal.events.filter(({ event }) => event === 'CleanedUp')).toHaveLength(2);
});

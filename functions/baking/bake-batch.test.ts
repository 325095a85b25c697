import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import { beforeEach, expect, test } from 'vitest';
import {
  chocolateChip,
  OrdersInMemory,
  OvenInMemory,
  RecipesInMemory,
  StandingClock,
  sabayon,
} from '../domain/kitchen.fixture.ts';
import { receiveOrder, ticketFor } from '../domain/order.ts';
import { limitOven } from '../domain/oven.ts';
import type { Oven } from '../domain/ports.ts';
import { testContext } from '../runtime/context.fixture.ts';
import { queueFunction } from '../runtime/queue-function.ts';
import { telemetryInMemory } from '../runtime/telemetry.fixture.ts';
import { type BakeDependencies, openShift } from './bake-batch.ts';

let orders: OrdersInMemory;
let oven: OvenInMemory;
let recipeBook: RecipesInMemory;
let clock: StandingClock;
let kitchen: BakeDependencies;
let telemetry: ReturnType<typeof telemetryInMemory>;

beforeEach(() => {
  orders = new OrdersInMemory();
  oven = new OvenInMemory();
  recipeBook = new RecipesInMemory(chocolateChip, sabayon);
  clock = new StandingClock();
  telemetry = telemetryInMemory();
  kitchen = {
    orders,
    recipeBook,
    oven,
    ovenTime: { milliseconds: () => Promise.resolve(20) },
    supplierKey: { signer: () => Promise.resolve((statement) => `signed: ${statement}`) },
    journal: telemetry.journal,
    clock: clock.now,
  };
});

async function receive(orderId: string, recipe = 'sabayon', quantity = 2): Promise<string> {
  const order = receiveOrder(orderId, 'Ada', [{ recipe, quantity, priceCents: 280 }], clock.now());
  await orders.add(order);
  return JSON.stringify(ticketFor(order));
}

/** Bakes a batch of messages the way the handler does, and gives the ids of those that failed. */
async function bake(bodies: readonly string[], remainingMs?: number): Promise<string[]> {
  const handler = queueFunction((stop) => openShift(kitchen, stop), telemetry);
  const answer: SQSBatchResponse = await handler({ Records: bodies.map(message) }, testContext(remainingMs));
  return answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}

function message(body: string, index: number): SQSRecord {
  return {
    messageId: String(index),
    receiptHandle: String(index),
    body,
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '0',
      SenderId: 'ordering',
      ApproximateFirstReceiveTimestamp: '0',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-west-1:000000000000:bake-queue',
    awsRegion: 'eu-west-1',
  };
}

/** An oven that is done with no more than so many cookies, until it is told to stop. */
function ovenThatStopsAfter(cookies: number): Oven {
  let baked = 0;
  return {
    bake: (_milliseconds, signal) => {
      baked += 1;
      return baked <= cookies
        ? Promise.resolve()
        : new Promise((_resolve, reject) => {
            signal.throwIfAborted();
            signal.addEventListener('abort', () => reject(signal.reason));
          });
    },
  };
}

const messages = () => telemetry.lines.filter(({ message: name }) => name !== undefined);

test('an order is baked, with its voucher and the day it is good to', async () => {
  const body = await receive('1');
  clock.passMinutes(2);
  expect(await bake([body])).toEqual([]);
  expect(oven.baked).toBe(2);
  expect(orders.orders.get('1')).toMatchObject({
    status: 'BAKED',
    bakedAt: '2026-11-23T08:02:00.000Z',
    bestBefore: '2026-11-25',
    voucher: 'signed: order 1: cream 16, flour 18',
  });
  expect(messages()).toEqual([
    expect.objectContaining({
      message: 'OrderBaked',
      eventId: 'OrderBaked 1 2026-11-23T08:00:00.000Z',
      orderId: '1',
      bakedAt: '2026-11-23T08:02:00.000Z',
      items: [{ recipe: 'sabayon', quantity: 2 }],
      bakeMs: 0,
      waitMs: 120_000,
    }),
  ]);
});

test('the orders of a batch share the oven', async () => {
  kitchen = { ...kitchen, oven: limitOven(oven, 6) };
  const bodies = await Promise.all(['1', '2', '3', '4'].map((id) => receive(id, 'chocolate-chip', 5)));
  expect(await bake(bodies)).toEqual([]);
  expect(oven).toMatchObject({ baked: 20, most: 6 });
});

test('a message that cannot be read and a recipe that was withdrawn fail alone', async () => {
  const bodies = [await receive('1'), 'not an order', await receive('3', 'spinach'), await receive('4')];
  expect(await bake(bodies)).toEqual(['1', '2']);
  expect([...orders.orders.values()].map(({ status }) => status)).toEqual(['BAKED', 'RECEIVED', 'BAKED']);
  expect(messages().filter(({ level }) => level === 'ERROR')).toEqual([
    expect.objectContaining({ message: 'BakeFailed', messageId: '1' }),
    expect.objectContaining({ message: 'BakeFailed', messageId: '2', orderId: '3' }),
  ]);
});

test('a batch in which everything fails is answered like any other', async () => {
  expect(await bake(['one', 'two'])).toEqual(['0', '1']);
});

test('an order that is delivered twice is recorded once, and said again as the same event', async () => {
  const body = await receive('1');
  await bake([body]);
  const baked = orders.orders.get('1');
  clock.passMinutes(1);
  expect(await bake([body, body])).toEqual([]);
  expect(orders.orders.get('1')).toEqual(baked);
  const [first, ...more] = messages();
  const { eventId, bakedAt, waitMs, items } = first ?? {};
  const same = expect.objectContaining({ message: 'OrderBaked', eventId, bakedAt, waitMs, items });
  expect(first).toEqual(same);
  expect(more).toEqual([same, same]);
});

test('a bake that was recorded by a process that ended before it said so is said by the next', async () => {
  const body = await receive('1');
  const { journal } = kitchen;
  kitchen = { ...kitchen, journal: { record: () => undefined } };
  await bake([body]);
  kitchen = { ...kitchen, journal };
  clock.passMinutes(1);
  expect(await bake([body])).toEqual([]);
  expect(messages()).toEqual([
    expect.objectContaining({ message: 'OrderBaked', bakedAt: '2026-11-23T08:00:00.000Z', waitMs: 0 }),
  ]);
});

test('a ticket of an earlier order does not bake the one that has its id now', async () => {
  const old = await receive('1', 'sabayon', 1);
  orders.orders.clear();
  clock.passMinutes(24 * 60);
  await receive('1', 'chocolate-chip', 100);
  expect(await bake([old])).toEqual([]);
  expect(orders.orders.get('1')).toMatchObject({ status: 'RECEIVED' });
  expect(messages()).toEqual([expect.objectContaining({ message: 'OrderNotAwaited', orderId: '1' })]);
});

test('a ticket that asks for other cookies than the order bakes what was ordered', async () => {
  const ticket = JSON.parse(await receive('1', 'sabayon', 1));
  const wrong = { ...ticket, items: [{ recipe: 'chocolate-chip', quantity: 99 }] };
  expect(await bake([JSON.stringify(wrong)])).toEqual([]);
  expect(orders.orders.get('1')).toMatchObject({ status: 'BAKED', voucher: 'signed: order 1: cream 8, flour 9' });
  expect(messages()).toEqual([
    expect.objectContaining({ level: 'WARN', message: 'TicketDiffers', orderId: '1' }),
    expect.objectContaining({ message: 'OrderBaked', items: [{ recipe: 'sabayon', quantity: 1 }], cookies: 1 }),
  ]);
});

test.each([
  ['with an offset', '2026-11-23T10:00:00.000+02:00'],
  ['in UTC by an offset', '2026-11-23T08:00:00.000+00:00'],
  ['in lower case', '2026-11-23t08:00:00z'],
])('a ticket whose time is written %s is of the same order', async (_, placedAt) => {
  const body = JSON.stringify({ ...JSON.parse(await receive('1')), placedAt });
  expect(await bake([body])).toEqual([]);
  expect(orders.orders.get('1')).toMatchObject({ status: 'BAKED' });
});

test('nobody has waited less than no time, whatever the clocks say', async () => {
  const body = await receive('1');
  clock.passMinutes(-60);
  expect(await bake([body])).toEqual([]);
  expect(messages()).toEqual([expect.objectContaining({ message: 'OrderBaked', bakeMs: 0, waitMs: 0 })]);
});

test('an order that was removed meanwhile is let go, and does not come back', async () => {
  const body = await receive('1');
  orders.orders.clear();
  expect(await bake([body])).toEqual([]);
  expect(orders.orders.size).toBe(0);
});

test('when the time is nearly up, what is not done fails, each alone', async () => {
  kitchen = { ...kitchen, oven: limitOven(ovenThatStopsAfter(2), 1) };
  const bodies = await Promise.all(['1', '2', '3'].map((id) => receive(id)));
  // As little as queueFunction keeps back for itself.
  expect(await bake(bodies, 500)).toEqual(['1', '2']);
  expect([...orders.orders.values()].map(({ status }) => status)).toEqual(['BAKED', 'RECEIVED', 'RECEIVED']);
});

test('without oven time or key nothing is touched, and the whole batch goes back', async () => {
  kitchen = { ...kitchen, ovenTime: { milliseconds: () => Promise.reject(new Error('no such parameter')) } };
  await expect(bake([await receive('1')])).rejects.toThrow('no such parameter');
  expect(oven.baked).toBe(0);
  expect(messages()).toEqual([expect.objectContaining({ level: 'ERROR', message: 'FunctionFailed' })]);
});

test('the key may change between two batches', async () => {
  await bake([await receive('1')]);
  kitchen = { ...kitchen, supplierKey: { signer: () => Promise.resolve(() => 'signed with another key') } };
  await bake([await receive('2')]);
  expect(orders.orders.get('2')).toMatchObject({ voucher: 'signed with another key' });
});

import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, expect, test } from 'vitest';
import { orderLimits } from '../domain/contract.ts';
import type { Bake, Order, ReceivedOrder } from '../domain/order.ts';
import { DynamoDbBakeRecords } from './dynamodb-bake-records.ts';
import { documentsOf } from './dynamodb-client.ts';
import { DynamoDbOrderStore } from './dynamodb-order-store.ts';
import { DynamoDbPastOrders } from './dynamodb-past-orders.ts';
import { useEndpoint } from './endpoint.fixture.ts';
import { loseAnswer } from './lost-answers.fixture.ts';
import { createOrderTable } from './order-table.fixture.ts';

const endpoint = useEndpoint();
let client: DynamoDBClient;
let store: DynamoDbOrderStore;
let bakes: DynamoDbBakeRecords;
let past: DynamoDbPastOrders;
let tables = 0;
let TableName: string;

beforeEach(async () => {
  TableName = `orders-${++tables}`;
  client = await createOrderTable(endpoint(), TableName);
  const documents = documentsOf(client);
  store = new DynamoDbOrderStore(documents, TableName);
  bakes = new DynamoDbBakeRecords(documents, TableName);
  past = new DynamoDbPastOrders(documents, TableName);
});

const order = (orderId: string, facts: Partial<ReceivedOrder> = {}): ReceivedOrder => ({
  orderId,
  customer: 'Ada',
  items: [{ recipe: 'chocolate-chip', quantity: 2, priceCents: 150 }],
  totalCents: 300,
  placedAt: '2026-11-23T08:00:00.000Z',
  status: 'RECEIVED',
  ...facts,
});

const bake: Bake = { bakedAt: '2026-11-23T08:01:00.000Z', bestBefore: '2026-12-07', voucher: 'ab' };

test('an order is found as it was stored', async () => {
  expect(await store.add(order('a'))).toBe(true);
  expect(await store.find('a')).toEqual(order('a'));
  expect(await store.find('b')).toBeUndefined();
});

test('an order is stored once: a second one with its id changes nothing', async () => {
  await store.add(order('a'));
  expect(await store.add(order('a', { customer: 'Eve' }))).toBe(false);
  expect(await store.find('a')).toEqual(order('a'));
});

test('a bake is recorded once, whoever comes first', async () => {
  await store.add(order('a'));
  const recorded = [1, 2, 3].map((n) => bakes.recordBake(order('a'), { ...bake, voucher: `v${n}` }));
  const outcomes = (await Promise.all(recorded)).map(({ outcome }) => outcome);
  expect(outcomes.toSorted()).toEqual(['bakedBefore', 'bakedBefore', 'recorded']);
  expect(await store.find('a')).toMatchObject({ status: 'BAKED', voucher: `v${outcomes.indexOf('recorded') + 1}` });
});

test('nothing brings a removed order back', async () => {
  expect(await bakes.recordBake(order('gone'), bake)).toEqual({ outcome: 'notAwaited' });
  await store.markQueued(order('gone'), new Date());
  expect(await store.find('gone')).toBeUndefined();
});

test('a customer sees their own orders, page by page, oldest first', async () => {
  const placedAt = (minute: number) => `2026-11-23T08:0${minute}:00.000Z`;
  for (const minute of [3, 1, 4, 0, 2]) {
    await store.add(order(`o${minute}`, { placedAt: placedAt(minute) }));
  }
  await store.add(order('other', { customer: 'Eve' }));
  const seen: string[] = [];
  let next: string | undefined;
  do {
    const page = await store.listByCustomer('Ada', { limit: 2, ...(next !== undefined && { next }) });
    seen.push(...page.orders.map(({ orderId }) => orderId));
    next = page.next;
  } while (next !== undefined);
  expect(seen).toEqual(['o0', 'o1', 'o2', 'o3', 'o4']);
});

test('cleanup finds what is past a deadline, and nothing else', async () => {
  const early = '2026-11-20T08:00:00.000Z';
  const late = '2026-11-23T08:00:00.000Z';
  await store.add(order('baked-early'));
  await bakes.recordBake(order('baked-early'), { ...bake, bakedAt: early });
  await store.add(order('baked-late'));
  await bakes.recordBake(order('baked-late'), { ...bake, bakedAt: late });
  await store.add(order('forgotten', { placedAt: early }));
  await store.add(order('queued', { placedAt: early }));
  await store.markQueued(order('queued', { placedAt: early }), new Date(early));
  const between = '2026-11-22T00:00:00.000Z';
  const deadlines = { bakedBefore: between, expiredBefore: '2026-11-01T00:00:00.000Z', forgottenBefore: between };
  const found: string[] = [];
  let examined = 0;
  for await (const page of past.findPast(deadlines)) {
    examined += page.examined;
    found.push(...page.orders.map(({ orderId }) => orderId));
  }
  expect(found.sort()).toEqual(['baked-early', 'forgotten']);
  expect(examined).toBe(4);
});

test('an order that was baked after it was judged is not removed', async () => {
  await store.add(order('a'));
  const judged = order('a');
  await bakes.recordBake(order('a'), bake);
  expect(await past.remove(judged)).toBe(false);
  expect(await past.remove({ ...judged, ...bake, status: 'BAKED' })).toBe(true);
  expect(await store.find('a')).toBeUndefined();
});

const later = '2026-12-01T08:00:00.000Z';

test('what is about an earlier order changes nothing of the one that has its id now', async () => {
  await store.add(order('a', { placedAt: later }));
  expect(await bakes.recordBake(order('a'), bake)).toEqual({ outcome: 'notAwaited' });
  await store.markQueued(order('a'), new Date());
  expect(await past.remove(order('a'))).toBe(false);
  expect(await store.find('a')).toEqual(order('a', { placedAt: later }));
});

const cookie = (recipe: string, quantity: number) => ({ recipe, quantity, priceCents: 150 });
const ordered = [cookie('chocolate-chip', 2), cookie('raisin', 1)];

test.each([
  ['more cookies', [cookie('chocolate-chip', 99), cookie('raisin', 1)]],
  ['other cookies', [cookie('chocolate-chip', 2), cookie('sabayon', 1)]],
  ['an item less', ordered.slice(0, 1)],
  ['an item more', [...ordered, cookie('sabayon', 1)]],
])('a bake of %s than the order has is refused, and says what was ordered', async (_, items) => {
  await store.add(order('a', { items: ordered }));
  const { outcome, ...rest } = await bakes.recordBake(order('a', { items }), bake);
  expect([outcome, rest]).toEqual([
    'otherItems',
    { items: ordered.map(({ recipe, quantity }) => ({ recipe, quantity })) },
  ]);
  expect(await store.find('a')).toMatchObject({ status: 'RECEIVED' });
});

test('the largest order is recorded', async () => {
  const recipe = 'x'.repeat(orderLimits.recipe);
  const items = Array.from({ length: orderLimits.items }, () => cookie(recipe, orderLimits.quantity));
  await store.add(order('a', { items }));
  expect(await bakes.recordBake(order('a', { items }), bake)).toEqual({ outcome: 'recorded' });
});

test('a bake of an order that was baked before is told what was recorded', async () => {
  await store.add(order('a'));
  await bakes.recordBake(order('a'), bake);
  expect(await bakes.recordBake(order('a'), { ...bake, bakedAt: later })).toMatchObject({
    outcome: 'bakedBefore',
    bakedAt: bake.bakedAt,
  });
});

test('a write whose answer was lost counts as made by the call that made it, and by no other', async () => {
  loseAnswer(client, 'PutItemCommand');
  expect(await store.add(order('a'))).toBe(true);
  expect(await store.add(order('a'))).toBe(false);
  loseAnswer(client, 'UpdateItemCommand');
  await store.markQueued(order('a'), new Date(bake.bakedAt));
  expect(await store.find('a')).toMatchObject({ queuedAt: bake.bakedAt });
  loseAnswer(client, 'UpdateItemCommand');
  expect(await bakes.recordBake(order('a'), bake)).toEqual({ outcome: 'recorded' });
  expect(await bakes.recordBake(order('a'), bake)).toMatchObject({ outcome: 'bakedBefore' });
  const baked: Order = { ...order('a'), ...bake, status: 'BAKED' };
  loseAnswer(client, 'DeleteItemCommand');
  expect(await past.remove(baked)).toBe(true);
  expect(await past.remove(baked)).toBe(false);
});

test("a repeated write does not count as made where another's is in its way", async () => {
  await store.add(order('a', { customer: 'Eve' }));
  loseAnswer(client, 'PutItemCommand');
  expect(await store.add(order('a'))).toBe(false);
  await bakes.recordBake(order('a'), bake);
  loseAnswer(client, 'UpdateItemCommand');
  expect(await bakes.recordBake(order('a'), { ...bake, voucher: 'cd' })).toMatchObject({ outcome: 'bakedBefore' });
  loseAnswer(client, 'DeleteItemCommand');
  expect(await past.remove(order('a'))).toBe(false);
});

/** Puts something among the orders that the store would never write. */
const spoil = (item: object) => documentsOf(client).send(new PutCommand({ TableName, Item: item }));

test('who goes through all orders is told of what is none, and gets the others', async () => {
  const { items: _, ...torso } = order('torso');
  const { placedAt: _placedAt, ...timeless } = order('timeless');
  const spoilt = [
    [torso, 'items'],
    [timeless, 'placedAt'],
    [order('crumbs', { items: [cookie('raisin', 0.5)] }), 'items.0.quantity'],
    [order('local', { placedAt: '2026-11-23T09:00:00+01:00' }), 'placedAt'],
    [{ ...order('burnt'), status: 'BURNT' }, 'status'],
    [{ orderId: 'nothing' }, 'status, placedAt, items, totalCents'],
  ] as const;
  for (const [item] of spoilt) {
    await spoil(item);
  }
  await store.add(order('good'));
  const found: string[] = [];
  const unreadable: object[] = [];
  for await (const page of past.findPast({ bakedBefore: later, expiredBefore: later, forgottenBefore: later })) {
    found.push(...page.orders.map(({ orderId }) => orderId));
    unreadable.push(...page.unreadable);
  }
  expect(found).toEqual(['good']);
  const wanted = spoilt.map(([item, where]) => ({ orderId: item.orderId, why: `it is wrong at ${where}` }));
  expect(unreadable).toHaveLength(wanted.length);
  expect(unreadable).toEqual(expect.arrayContaining(wanted));
});

test('a bake of what is no order is a failure that names it', async () => {
  const { items: _, ...torso } = order('torso');
  await spoil(torso);
  await expect(bakes.recordBake(order('torso'), bake)).rejects.toThrow('The items of order torso cannot be read');
});

import { beforeEach, expect, test } from 'vitest';
import type { Bake, ReceivedOrder } from '../domain/order.ts';
import { documentsOf } from './aws-clients.ts';
import { orderTable } from './contract.ts';
import { DynamoDbOrderStore } from './dynamodb-order-store.ts';
import { createTable, useEndpoint } from './test-endpoint.ts';

const endpoint = useEndpoint();
let store: DynamoDbOrderStore;
let tables = 0;

beforeEach(async () => {
  const { partitionKey, byCustomer } = orderTable;
  const TableName = `orders-${++tables}`;
  const client = await createTable(endpoint(), {
    TableName,
    KeySchema: [{ AttributeName: partitionKey, KeyType: 'HASH' }],
    AttributeDefinitions: [partitionKey, byCustomer.partitionKey, byCustomer.sortKey].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S',
    })),
    GlobalSecondaryIndexes: [
      {
        IndexName: byCustomer.indexName,
        KeySchema: [
          { AttributeName: byCustomer.partitionKey, KeyType: 'HASH' },
          { AttributeName: byCustomer.sortKey, KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  });
  store = new DynamoDbOrderStore(documentsOf(client), TableName);
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
  const recorded = await Promise.all([1, 2, 3].map((n) => store.recordBake('a', { ...bake, voucher: `v${n}` })));
  expect(recorded.filter(Boolean)).toHaveLength(1);
  expect(await store.find('a')).toMatchObject({ status: 'BAKED', voucher: `v${recorded.indexOf(true) + 1}` });
});

test('nothing brings a removed order back', async () => {
  expect(await store.recordBake('gone', bake)).toBe(false);
  await store.markQueued('gone', new Date());
  expect(await store.find('gone')).toBeUndefined();
});

test('a customer sees their own orders, page by page, oldest first', async () => {
  const placedAt = (minute: number) => `2026-11-23T08:0${minute}:00.000Z`;
  for (const minute of [3, 1, 4, 0, 2]) await store.add(order(`o${minute}`, { placedAt: placedAt(minute) }));
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
  await store.recordBake('baked-early', { ...bake, bakedAt: early });
  await store.add(order('baked-late'));
  await store.recordBake('baked-late', { ...bake, bakedAt: late });
  await store.add(order('forgotten', { placedAt: early }));
  await store.add(order('queued', { placedAt: early }));
  await store.markQueued('queued', new Date(early));
  const between = '2026-11-22T00:00:00.000Z';
  const deadlines = { bakedBefore: between, expiredBefore: '2026-11-01T00:00:00.000Z', forgottenBefore: between };
  const found: string[] = [];
  let examined = 0;
  for await (const page of store.findPast(deadlines)) {
    examined += page.examined;
    found.push(...page.orders.map(({ orderId }) => orderId));
  }
  expect(found.sort()).toEqual(['baked-early', 'forgotten']);
  expect(examined).toBe(4);
});

test('an order that was baked after it was judged is not removed', async () => {
  await store.add(order('a'));
  const judged = order('a');
  await store.recordBake('a', bake);
  expect(await store.remove(judged)).toBe(false);
  expect(await store.remove({ ...judged, ...bake, status: 'BAKED' })).toBe(true);
  expect(await store.find('a')).toBeUndefined();
});

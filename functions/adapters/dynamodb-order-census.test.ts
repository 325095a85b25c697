import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, expect, test } from 'vitest';
import { takeCensus } from '../domain/census.ts';
import type { ReceivedOrder } from '../domain/order.ts';
import { orderTable } from './contract.ts';
import { DynamoDbBakeRecords } from './dynamodb-bake-records.ts';
import { documentsOf } from './dynamodb-client.ts';
import { DynamoDbOrderCensus } from './dynamodb-order-census.ts';
import { DynamoDbOrderStore } from './dynamodb-order-store.ts';
import { allPages, createTable, useEndpoint } from './endpoint.fixture.ts';

const endpoint = useEndpoint();
let client: DynamoDBClient;
let store: DynamoDbOrderStore;
let census: DynamoDbOrderCensus;

beforeAll(async () => {
  client = await createTable(endpoint(), {
    TableName: 'orders',
    KeySchema: [{ AttributeName: orderTable.partitionKey, KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: orderTable.partitionKey, AttributeType: 'S' }],
  });
  store = new DynamoDbOrderStore(documentsOf(client), 'orders');
  census = new DynamoDbOrderCensus(documentsOf(client), 'orders');
});

const order = (orderId: string, customer = 'Ada'): ReceivedOrder => ({
  orderId,
  customer,
  items: [{ recipe: 'chocolate-chip', quantity: 2, priceCents: 150 }],
  totalCents: 300,
  placedAt: '2026-11-23T08:00:00.000Z',
  status: 'RECEIVED',
});

test("an order is counted, not read: what is nobody's business stays in the table", async () => {
  await store.add(order('a'));
  const { status, placedAt } = order('a');
  const pages = await allPages(census.pages());
  expect(pages.flatMap(({ orders }) => orders)).toEqual([
    { status, placedAt, items: [{ recipe: 'chocolate-chip', quantity: 2 }] },
  ]);
});

test('orders that fill more than one page of a scan are all counted', async () => {
  // A scan's page ends at 1 MB.
  const long = 'A'.repeat(50_000);
  await Promise.all(Array.from({ length: 30 }, (_, i) => store.add(order(`long-${i}`, long))));
  await new DynamoDbBakeRecords(documentsOf(client), 'orders').recordBake(order('long-7'), {
    bakedAt: '2026-11-23T08:00:01.000Z',
    bestBefore: '2026-12-07',
    voucher: 'v',
  });
  const pages = await allPages(census.pages());
  expect(pages.length).toBeGreaterThan(1);
  const period = { from: '2026-11-23T08:00:01.000Z', until: '2026-11-23T08:00:02.000Z' };
  expect(await takeCensus(census.pages(), period)).toEqual({
    orders: { RECEIVED: 30, BAKED: 1 },
    cookies: 62,
    unreadable: 0,
    placed: 0,
    baked: 1,
  });
});

test('what is no order is told by its id, and costs no other', async () => {
  const documents = documentsOf(client);
  await documents.send(new PutCommand({ TableName: 'orders', Item: { orderId: 'torso', status: 'RECEIVED' } }));
  await store.add(order('counted'));
  const pages = await allPages(census.pages());
  expect(pages.flatMap(({ unreadable }) => unreadable)).toEqual([
    { orderId: 'torso', why: 'it is wrong at placedAt, items' },
  ]);
  const { orders, unreadable } = await takeCensus(census.pages());
  expect([orders.RECEIVED, unreadable]).toEqual([pages.flatMap((page) => page.orders).length - orders.BAKED, 1]);
});

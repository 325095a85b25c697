import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { beforeEach, expect, test } from 'vitest';
import { IdempotencyKeyReused, OrderInProgress } from '../domain/errors.ts';
import { noHurry } from '../domain/kitchen.fixture.ts';
import type { OrderRequest, ReceivedOrder } from '../domain/order.ts';
import { idempotencyTable } from './contract.ts';
import { createTable, useEndpoint } from './endpoint.fixture.ts';
import { loseAnswer } from './lost-answers.fixture.ts';
import { oncePerKey, type PlaceOrder } from './once-per-key.ts';

const endpoint = useEndpoint();
let tables = 0;
let placed: OrderRequest[];
let client: DynamoDBClient;
let remember: (placeOrder: PlaceOrder) => PlaceOrder;

beforeEach(async () => {
  placed = [];
  const TableName = `answers-${++tables}`;
  client = await createTable(endpoint(), {
    TableName,
    KeySchema: [{ AttributeName: idempotencyTable.partitionKey, KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: idempotencyTable.partitionKey, AttributeType: 'S' }],
  });
  remember = (placeOrder) => oncePerKey(placeOrder, client, TableName);
});

const request = (idempotencyKey?: string, customer = 'Ada'): OrderRequest => ({
  customer,
  items: [{ recipe: 'sabayon', quantity: 1 }],
  ...(idempotencyKey !== undefined && { idempotencyKey }),
});

const place: PlaceOrder = async (order) => {
  placed.push(order);
  const facts = { orderId: `order-${placed.length}`, items: [], totalCents: 0, placedAt: '2026-11-23T08:00:00.000Z' };
  return { ...facts, customer: order.customer, status: 'RECEIVED' } satisfies ReceivedOrder;
};

test('the same key with the same order is answered the same, and placed once', async () => {
  const placeOnce = remember(place);
  const first = await placeOnce(request('k'), noHurry);
  expect(await placeOnce(request('k'), noHurry)).toEqual(first);
  expect(placed).toHaveLength(1);
});

test('the same key with another order is refused', async () => {
  const placeOnce = remember(place);
  await placeOnce(request('k'), noHurry);
  await expect(placeOnce(request('k', 'Eve'), noHurry)).rejects.toBeInstanceOf(IdempotencyKeyReused);
  expect(placed).toHaveLength(1);
});

test('a key whose first order is still being placed is refused', async () => {
  const started = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<void>();
  const placeSlowly = remember(async (order, timeLimit) => {
    started.resolve();
    await finish.promise;
    return place(order, timeLimit);
  });
  const first = placeSlowly(request('k'), noHurry);
  await started.promise;
  await expect(remember(place)(request('k'), noHurry)).rejects.toBeInstanceOf(OrderInProgress);
  finish.resolve();
  await first;
});

test('a key is free again when its order could not be placed', async () => {
  const failing = remember(() => Promise.reject(new Error('no flour')));
  await expect(failing(request('k'), noHurry)).rejects.toThrow('no flour');
  await expect(remember(place)(request('k'), noHurry)).resolves.toMatchObject({ orderId: 'order-1' });
});

test('without a key every order is a new one', async () => {
  const placeOnce = remember(place);
  await placeOnce(request(), noHurry);
  await placeOnce(request(), noHurry);
  expect(placed).toHaveLength(2);
});

test.each(['PutItemCommand', 'UpdateItemCommand'])(
  'an order is placed although the answer to a %s of its key was lost',
  async (commandName) => {
    const placeOnce = remember(place);
    loseAnswer(client, commandName);
    const first = await placeOnce(request('k'), noHurry);
    expect(await placeOnce(request('k'), noHurry)).toEqual(first);
    expect(placed).toHaveLength(1);
  },
);

test("a key that is another's is not taken, although the answer to taking it was lost", async () => {
  const placeOnce = remember(place);
  await placeOnce(request('k'), noHurry);
  loseAnswer(client, 'PutItemCommand');
  await expect(placeOnce(request('k', 'Eve'), noHurry)).rejects.toBeInstanceOf(IdempotencyKeyReused);
});

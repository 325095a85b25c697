import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { expect, onTestFinished, test } from 'vitest';
import { serve } from '../../../gateway.fixture.ts';
import { start } from '../dynamodb.fixture.ts';

/** Orders with an index that lists a customer's by time, and of each no more than its keys. */
async function connect() {
  const dynamodb = start();
  const { configuration } = await serve([dynamodb.service]);
  const client = new DynamoDB(configuration);
  onTestFinished(() => client.destroy());
  await client.createTable({
    TableName: 'orders',
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: ['id', 'customer', 'at'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    GlobalSecondaryIndexes: [
      {
        IndexName: 'byCustomer',
        KeySchema: [
          { AttributeName: 'customer', KeyType: 'HASH' },
          { AttributeName: 'at', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
  });
  return { client, consumed: dynamodb.consumed };
}

const TableName = 'orders';
const Key = { id: { S: '1' } };
const plain = { ...Key, note: { S: 'no index knows it' } };
const order = { ...Key, customer: { S: 'ada' }, at: { S: '10:00' }, status: { S: 'RECEIVED' } };
const big = (bytes: number) => ({ ...Key, note: { S: 'x'.repeat(bytes) } });
const set = (client: DynamoDB, name: string, value: string) =>
  client.updateItem({
    ...{ TableName, Key, UpdateExpression: 'SET #name = :value' },
    ExpressionAttributeNames: { '#name': name },
    ExpressionAttributeValues: { ':value': { S: value } },
  });

test.each<{
  what: string;
  before?: Record<string, { S: string }>;
  call: (client: DynamoDB) => Promise<unknown>;
  units: number;
}>([
  { what: 'an item that no index holds', call: (c) => c.putItem({ TableName, Item: plain }), units: 1 },
  { what: 'an item of 1.5 KB', call: (c) => c.putItem({ TableName, Item: big(1_500) }), units: 2 },
  { what: 'a small one for one of 2.5 KB', before: big(2_500), call: (c) => set(c, 'note', ''), units: 3 },
  { what: 'an item and its entry', call: (c) => c.putItem({ TableName, Item: order }), units: 2 },
  { what: 'what the index does not show', before: order, call: (c) => set(c, 'status', 'BAKED'), units: 1 },
  { what: "the index's key: one entry goes, one comes", before: order, call: (c) => set(c, 'at', '11:00'), units: 3 },
  {
    what: 'an item that leaves with its entry',
    before: order,
    call: (c) => c.deleteItem({ TableName, Key }),
    units: 2,
  },
  { what: 'an item that is not there', call: (c) => c.deleteItem({ TableName, Key }), units: 1 },
  {
    what: 'three items at once, of which one has an entry',
    call: (c) => {
      const items = [order, { id: { S: '2' } }, { id: { S: '3' } }];
      return c.batchWriteItem({ RequestItems: { [TableName]: items.map((Item) => ({ PutRequest: { Item } })) } });
    },
    units: 4,
  },
  {
    what: 'a transaction: twice as much',
    before: { id: { S: '2' } },
    call: (c) => {
      const check = { TableName, Key: { id: { S: '2' } }, ConditionExpression: 'attribute_exists(id)' };
      return c.transactWriteItems({ TransactItems: [{ Put: { TableName, Item: order } }, { ConditionCheck: check }] });
    },
    units: 6,
  },
  {
    what: 'a check of 1.5 KB in a transaction',
    before: big(1_500),
    call: (c) => {
      const check = { TableName, Key, ConditionExpression: 'attribute_exists(id)' };
      return c.transactWriteItems({ TransactItems: [{ ConditionCheck: check }] });
    },
    units: 4,
  },
  {
    what: 'a transaction whose only condition fails',
    before: big(1_500),
    call: async (c) => {
      const put = { TableName, Item: plain, ConditionExpression: 'attribute_not_exists(id)' };
      await expect(c.transactWriteItems({ TransactItems: [{ Put: put }] })).rejects.toThrow('cancelled');
    },
    units: 4,
  },
  {
    what: 'a condition that fails',
    before: big(1_500),
    call: async (c) => {
      const put = c.putItem({ TableName, Item: plain, ConditionExpression: 'attribute_not_exists(id)' });
      await expect(put).rejects.toThrow('conditional request failed');
    },
    units: 2,
  },
])('writes $what: $units', async ({ before, call, units }) => {
  const { client, consumed } = await connect();
  if (before) {
    await client.putItem({ TableName, Item: before });
  }
  const start = consumed.writeUnits;
  await call(client);
  expect(consumed.writeUnits - start).toBe(units);
});

const ofNobody = { KeyConditionExpression: 'id = :id', ExpressionAttributeValues: { ':id': { S: 'none' } } };
const ofAda = { KeyConditionExpression: 'customer = :c', ExpressionAttributeValues: { ':c': { S: 'ada' } } };

test.each<{ what: string; call: (client: DynamoDB) => Promise<unknown>; units: number }>([
  { what: 'one item', call: (c) => c.getItem({ TableName, Key }), units: 0.5 },
  { what: 'one item, as it is now', call: (c) => c.getItem({ TableName, Key, ConsistentRead: true }), units: 1 },
  { what: 'no item', call: (c) => c.getItem({ TableName, Key: { id: { S: 'none' } } }), units: 0.5 },
  { what: 'an item of 5 KB', call: (c) => c.getItem({ TableName, Key: { id: { S: 'big' } } }), units: 1 },
  { what: 'an index', call: (c) => c.query({ TableName, IndexName: 'byCustomer', ...ofAda }), units: 0.5 },
  { what: 'nothing, as it is now', call: (c) => c.query({ TableName, ...ofNobody, ConsistentRead: true }), units: 1 },
  { what: 'the whole table', call: (c) => c.scan({ TableName }), units: 1 },
  { what: 'several', call: (c) => c.batchGetItem({ RequestItems: { [TableName]: { Keys: [Key] } } }), units: 0.5 },
  {
    what: 'a transaction: twice as much as consistently',
    call: (c) => c.transactGetItems({ TransactItems: [{ Get: { TableName, Key } }] }),
    units: 2,
  },
])('reads $what: $units', async ({ call, units }) => {
  const { client, consumed } = await connect();
  await client.putItem({ TableName, Item: order });
  await client.putItem({ TableName, Item: { ...big(5_000), id: { S: 'big' } } });
  await call(client);
  expect(consumed.readUnits).toBe(units);
});

test('is told only to whom it is asked', async () => {
  const { client } = await connect();
  expect(await client.getItem({ TableName, Key })).not.toHaveProperty('ConsumedCapacity');
  const { ConsumedCapacity } = await client.getItem({ TableName, Key, ReturnConsumedCapacity: 'TOTAL' });
  expect(ConsumedCapacity).toEqual({ TableName, CapacityUnits: 0.5 });
});

/** Source: Amazon DynamoDB API Reference, "ConsumedCapacity". */
test('is told of the table and of each index that a write touches', async () => {
  const { client } = await connect();
  const asked = { ReturnConsumedCapacity: 'INDEXES' as const };
  const used = (of: number) => ({ CapacityUnits: of });
  const expected = {
    TableName,
    CapacityUnits: 2,
    Table: used(1),
    GlobalSecondaryIndexes: { byCustomer: used(1) },
  };
  const { ConsumedCapacity } = await client.putItem({ TableName, Item: order, ...asked });
  expect(ConsumedCapacity).toEqual(expected);
  const RequestItems = { [TableName]: [{ DeleteRequest: { Key } }] };
  expect((await client.batchWriteItem({ RequestItems, ...asked })).ConsumedCapacity).toEqual([expected]);
  const transaction = await client.transactWriteItems({
    TransactItems: [{ Put: { TableName, Item: order } }],
    ...asked,
  });
  const twice = (of: number) => ({ CapacityUnits: of, WriteCapacityUnits: of });
  expect(transaction.ConsumedCapacity).toEqual([
    { TableName, ...twice(4), Table: twice(2), GlobalSecondaryIndexes: { byCustomer: twice(2) } },
  ]);
  const total = await client.putItem({ TableName, Item: order, ReturnConsumedCapacity: 'TOTAL' });
  expect(total.ConsumedCapacity).toEqual({ TableName, CapacityUnits: 1 });
});

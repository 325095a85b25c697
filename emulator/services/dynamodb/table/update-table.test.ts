import type { DynamoDB } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { connect, orders, trays } from '../dynamodb.fixture.ts';

const TableName = 'orders';
const indexOn = (attribute: string) => ({
  IndexName: `by-${attribute}`,
  KeySchema: [{ AttributeName: attribute, KeyType: 'HASH' as const }],
  Projection: { ProjectionType: 'ALL' as const },
});

async function customers(client: DynamoDB): Promise<(string | undefined)[]> {
  const { Items = [] } = await client.query({
    TableName,
    IndexName: 'by-customer',
    KeyConditionExpression: 'customer = :c',
    ExpressionAttributeValues: { ':c': { S: 'Ada' } },
  });
  return Items.map(({ id }) => id?.S).sort();
}

test('a new index is filled with the items that are there; without it they stay', async () => {
  const client = await connect();
  await client.createTable(orders);
  for (const [id, customer] of [
    ['a', { S: 'Ada' }],
    ['b', { S: 'Bob' }],
    ['c', { N: '1' }],
    ['d', { S: '' }],
  ] as const) {
    await client.putItem({ TableName, Item: { id: { S: id }, customer } });
  }
  const { TableDescription } = await client.updateTable({
    TableName,
    AttributeDefinitions: [
      { AttributeName: 'id', AttributeType: 'S' },
      { AttributeName: 'customer', AttributeType: 'S' },
    ],
    GlobalSecondaryIndexUpdates: [{ Create: indexOn('customer') }],
  });
  expect(TableDescription?.GlobalSecondaryIndexes).toMatchObject([
    { IndexName: 'by-customer', IndexStatus: 'ACTIVE', ItemCount: 2 },
  ]);
  expect(await customers(client)).toEqual(['a']);
  await client.putItem({ TableName, Item: { id: { S: 'e' }, customer: { S: 'Ada' } } });
  expect(await customers(client)).toEqual(['a', 'e']);

  const after = await client.updateTable({
    TableName,
    GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'by-customer' } }],
  });
  expect(after.TableDescription?.GlobalSecondaryIndexes).toBeUndefined();
  expect(after.TableDescription?.AttributeDefinitions).toEqual(orders.AttributeDefinitions);
  expect((await client.scan({ TableName })).Count).toBe(5);
  await expect(customers(client)).rejects.toMatchObject({
    message: 'The table does not have the specified index: by-customer',
  });
});

test.each([
  {
    name: 'nothing to change',
    update: {},
    code: 'ValidationException',
    message: /At least one of ProvisionedThroughput/,
  },
  {
    name: 'two indexes at once',
    update: {
      AttributeDefinitions: ['id', 'a', 'b'].map((name) => ({ AttributeName: name, AttributeType: 'S' as const })),
      GlobalSecondaryIndexUpdates: [{ Create: indexOn('a') }, { Create: indexOn('b') }],
    },
    code: 'LimitExceededException',
    message: /Only 1 online index can be created or deleted simultaneously/,
  },
  {
    name: 'an index that is not there',
    update: { GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'nothing' } }] },
    code: 'ResourceNotFoundException',
    message: /nothing/,
  },
  {
    name: 'a key that is not defined',
    update: { GlobalSecondaryIndexUpdates: [{ Create: indexOn('a') }] },
    code: 'ValidationException',
    message: /Some index key attributes are not defined/,
  },
  {
    name: 'a key of a type that is none',
    update: {
      AttributeDefinitions: [{ AttributeName: 'a', AttributeType: 'HASH' as 'S' }],
      GlobalSecondaryIndexUpdates: [{ Create: indexOn('a') }],
    },
    code: 'ValidationException',
    message: /enum value set: \[B, N, S\]/,
  },
  {
    name: 'another type of the key that is there',
    update: {
      AttributeDefinitions: [
        { AttributeName: 'id', AttributeType: 'N' as const },
        { AttributeName: 'a', AttributeType: 'S' as const },
      ],
      GlobalSecondaryIndexUpdates: [{ Create: indexOn('a') }],
    },
    code: 'ValidationException',
    message: /Type mismatch for the defined attribute: id/,
  },
  {
    name: 'an index without a key',
    update: {
      AttributeDefinitions: [],
      GlobalSecondaryIndexUpdates: [{ Create: { ...indexOn('a'), KeySchema: [] } }],
    },
    code: 'ValidationException',
    message: /keySchema/,
  },
  {
    name: 'capacity on demand',
    update: { ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } },
    code: 'ValidationException',
    message: /can be specified when BillingMode is PAY_PER_REQUEST/,
  },
])('UpdateTable refuses $name', async ({ update, code, message }) => {
  const client = await connect();
  await client.createTable(orders);
  const before = await client.describeTable({ TableName });
  const refused = client.updateTable({ TableName, ...update });
  await expect(refused).rejects.toMatchObject({ name: code, message: expect.stringMatching(message) });
  expect((await client.describeTable({ TableName })).Table).toEqual(before.Table);
});

test('a new index needs no definition but those of its own keys', async () => {
  const client = await connect();
  await client.createTable(orders);
  const AttributeDefinitions = [{ AttributeName: 'a', AttributeType: 'S' as const }];
  await client.updateTable({
    TableName,
    AttributeDefinitions,
    GlobalSecondaryIndexUpdates: [{ Create: indexOn('a') }],
  });
  await client.putItem({ TableName, Item: { id: { S: '1' }, a: { S: 'x' } } });
  const { Table } = await client.describeTable({ TableName });
  expect(Table?.AttributeDefinitions).toEqual([...(orders.AttributeDefinitions ?? []), ...AttributeDefinitions]);
});

test('a table changes between capacity and demand, with its indexes', async () => {
  const client = await connect();
  await client.createTable(trays);
  const ProvisionedThroughput = { ReadCapacityUnits: 2, WriteCapacityUnits: 3 };
  const provisioned = { TableName: 'trays', BillingMode: 'PROVISIONED', ProvisionedThroughput } as const;
  await expect(client.updateTable(provisioned)).rejects.toMatchObject({
    message: expect.stringContaining('must be specified for index: by-recipe'),
  });
  const { TableDescription } = await client.updateTable({
    ...provisioned,
    GlobalSecondaryIndexUpdates: [{ Update: { IndexName: 'by-recipe', ProvisionedThroughput } }],
  });
  expect(TableDescription).toMatchObject({
    BillingModeSummary: { BillingMode: 'PROVISIONED' },
    ProvisionedThroughput,
    GlobalSecondaryIndexes: [{ ProvisionedThroughput }],
  });
  await expect(client.updateTable({ TableName: 'trays', ProvisionedThroughput })).rejects.toMatchObject({
    message: expect.stringContaining('will not change'),
  });
  const onDemand = await client.updateTable({ TableName: 'trays', BillingMode: 'PAY_PER_REQUEST' });
  expect(onDemand.TableDescription).toMatchObject({
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST', LastUpdateToPayPerRequestDateTime: expect.any(Date) },
    ProvisionedThroughput: { ReadCapacityUnits: 0 },
    GlobalSecondaryIndexes: [{ ProvisionedThroughput: { ReadCapacityUnits: 0 } }],
  });
});

import type { CreateTableCommandInput, DynamoDB } from '@aws-sdk/client-dynamodb';
import { waitUntilTableExists, waitUntilTableNotExists } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { connect, orders, trays } from '../dynamodb.fixture.ts';

const TableName = 'orders';
const indexOn = (attribute: string) => ({
  IndexName: `by-${attribute}`,
  KeySchema: [{ AttributeName: attribute, KeyType: 'HASH' as const }],
  Projection: { ProjectionType: 'ALL' as const },
});

test('a table is there, with all that was said of it, when CreateTable is answered', async () => {
  const client = await connect();
  const { TableDescription } = await client.createTable({
    ...trays,
    DeletionProtectionEnabled: true,
    TableClass: 'STANDARD_INFREQUENT_ACCESS',
    SSESpecification: { Enabled: true },
    Tags: [{ Key: 'shop', Value: 'x' }],
  });
  expect(TableDescription).toMatchObject({
    TableName: 'trays',
    TableStatus: 'ACTIVE',
    TableArn: 'arn:aws:dynamodb:eu-west-1:000000000000:table/trays',
    TableId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    KeySchema: trays.KeySchema,
    AttributeDefinitions: trays.AttributeDefinitions,
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    ProvisionedThroughput: { ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
    DeletionProtectionEnabled: true,
    TableClassSummary: { TableClass: 'STANDARD_INFREQUENT_ACCESS' },
    SSEDescription: { Status: 'ENABLED', SSEType: 'KMS' },
    GlobalSecondaryIndexes: [
      { ...trays.GlobalSecondaryIndexes?.[0], IndexStatus: 'ACTIVE', IndexArn: expect.stringContaining('by-recipe') },
    ],
  });
  expect(TableDescription?.CreationDateTime).toBeInstanceOf(Date);
  const waited = await waitUntilTableExists({ client, maxWaitTime: 30 }, { TableName: 'trays' });
  expect(waited.state).toBe('SUCCESS');
  const { Tags } = await client.listTagsOfResource({ ResourceArn: TableDescription?.TableArn });
  expect(Tags).toEqual([{ Key: 'shop', Value: 'x' }]);
});

test('a table and its items are gone when DeleteTable is answered', async () => {
  const client = await connect();
  await client.createTable(orders);
  await client.putItem({ TableName, Item: { id: { S: 'a' } } });
  expect((await client.deleteTable({ TableName })).TableDescription?.TableStatus).toBe('DELETING');
  expect((await waitUntilTableNotExists({ client, maxWaitTime: 30 }, { TableName })).state).toBe('SUCCESS');
  await client.createTable(orders);
  expect((await client.scan({ TableName })).Count).toBe(0);
});

test('a protected table is not deleted', async () => {
  const client = await connect();
  await client.createTable({ ...orders, DeletionProtectionEnabled: true });
  await expect(client.deleteTable({ TableName })).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining('protected against deletion'),
  });
  await client.updateTable({ TableName, DeletionProtectionEnabled: false });
  await client.deleteTable({ TableName });
});

test('tables are listed in pages', async () => {
  const client = await connect();
  for (const name of ['ccc', 'aaa', 'bbb']) {
    await client.createTable({ ...orders, TableName: name });
  }
  const first = await client.listTables({ Limit: 2 });
  expect(first).toMatchObject({ TableNames: ['aaa', 'bbb'], LastEvaluatedTableName: 'bbb' });
  const second = await client.listTables({ ExclusiveStartTableName: first.LastEvaluatedTableName });
  expect(second.TableNames).toEqual(['ccc']);
  expect(second.LastEvaluatedTableName).toBeUndefined();
});

test.each<{ name: string; table: Partial<CreateTableCommandInput>; code?: string; message: RegExp }>([
  { name: 'a name that is too short', table: { TableName: 'ab' }, message: /at least 3 characters long/ },
  { name: 'no capacity', table: { BillingMode: 'PROVISIONED' }, message: /must both be specified/ },
  {
    name: 'a key that is not defined',
    table: { KeySchema: [{ AttributeName: 'other', KeyType: 'HASH' }] },
    message: /Some index key attributes are not defined/,
  },
  {
    name: 'a definition that is no key',
    table: {
      AttributeDefinitions: [
        { AttributeName: 'id', AttributeType: 'S' },
        { AttributeName: 'a', AttributeType: 'S' },
        { AttributeName: 'b', AttributeType: 'S' },
      ],
      GlobalSecondaryIndexes: [indexOn('a')],
    },
    message: /Some AttributeDefinitions are not used/,
  },
  {
    name: 'a stream without a view',
    table: { StreamSpecification: { StreamEnabled: true } },
    message: /StreamEnabled requires StreamViewType/,
  },
])('CreateTable refuses $name', async ({ table, code = 'ValidationException', message }) => {
  const client = await connect();
  const refused = client.createTable({ ...orders, ...table });
  await expect(refused).rejects.toMatchObject({ name: code, message: expect.stringMatching(message) });
});

test('a table is not made twice', async () => {
  const client = await connect();
  await client.createTable(orders);
  await expect(client.createTable(orders)).rejects.toMatchObject({ name: 'ResourceInUseException' });
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

test('a table says how many items it has, and how large they are', async () => {
  const client = await connect();
  await client.createTable(orders);
  await client.putItem({ TableName, Item: { id: { S: 'a' }, text: { S: 'xyz' } } });
  expect((await client.describeTable({ TableName })).Table).toMatchObject({ ItemCount: 1, TableSizeBytes: 10 });
});

test('tags are put on a table and taken off', async () => {
  const client = await connect();
  const { TableDescription } = await client.createTable(orders);
  const ResourceArn = TableDescription?.TableArn;
  const tag = (Key: string, Value: string) => ({ Key, Value });
  await client.tagResource({ ResourceArn, Tags: [tag('a', '1'), tag('b', '2')] });
  await client.tagResource({ ResourceArn, Tags: [tag('a', '3')] });
  await client.untagResource({ ResourceArn, TagKeys: ['b', 'never'] });
  expect((await client.listTagsOfResource({ ResourceArn })).Tags).toEqual([tag('a', '3')]);
  const nothing = client.listTagsOfResource({ ResourceArn: `${ResourceArn}-not` });
  await expect(nothing).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('the setting of continuous backups is kept', async () => {
  const client = await connect();
  await client.createTable(orders);
  const status = async () =>
    (await client.describeContinuousBackups({ TableName })).ContinuousBackupsDescription
      ?.PointInTimeRecoveryDescription;
  expect(await status()).toEqual({ PointInTimeRecoveryStatus: 'DISABLED' });
  await client.updateContinuousBackups({
    TableName,
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
  });
  expect(await status()).toMatchObject({ PointInTimeRecoveryStatus: 'ENABLED', RecoveryPeriodInDays: 35 });
  await expect(client.describeContinuousBackups({ TableName: 'nothing' })).rejects.toMatchObject({
    name: 'TableNotFoundException',
  });
});

test('the account says its endpoint and limits', async () => {
  const client = await connect();
  expect((await client.describeEndpoints({})).Endpoints).toHaveLength(1);
  expect((await client.describeLimits({})).TableMaxReadCapacityUnits).toBe(40_000);
});

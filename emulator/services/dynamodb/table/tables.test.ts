import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
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

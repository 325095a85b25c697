import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { expect, onTestFinished, test } from 'vitest';
import { serve } from '../../../../gateway.fixture.ts';
import { createDynamoDb } from '../../../dynamodb/dynamodb.ts';
import { contextOf, make, region } from '../provider.fixture.ts';
import { dynamodbTable } from './dynamodb-table.ts';

/** The provider over the service itself, and a client of it: items travel over HTTP only. */
async function start() {
  const { service, operations, close } = createDynamoDb(region);
  onTestFinished(close);
  const { configuration } = await serve([service]);
  const client = new DynamoDB({ ...configuration, region: region.name });
  onTestFinished(() => client.destroy());
  return {
    provider: dynamodbTable(operations),
    client,
    describe: async (TableName: string) => (await client.describeTable({ TableName })).Table ?? {},
    put: (TableName: string, id: string) =>
      client.putItem({ TableName, Item: { id: { S: id }, customer: { S: 'ann' } } }),
    get: async (TableName: string, id: string) => (await client.getItem({ TableName, Key: { id: { S: id } } })).Item,
  };
}

const key = (AttributeName: string, KeyType = 'HASH') => ({ AttributeName, KeyType });
const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' });
const orders = { AttributeDefinitions: [text('id')], KeySchema: [key('id')], BillingMode: 'PAY_PER_REQUEST' };
const byCustomer = {
  IndexName: 'byCustomer',
  KeySchema: [key('customer')],
  Projection: { ProjectionType: 'ALL' },
};
const indexed = {
  ...orders,
  AttributeDefinitions: [text('id'), text('customer')],
  GlobalSecondaryIndexes: [byCustomer],
};

test('AWS::DynamoDB::Table is made, and deleted with what is in it', async () => {
  const { provider, describe, put } = await start();
  const table = await make(provider, indexed);
  const TableName = table.physicalId;
  expect(table.attributes).toEqual({ Arn: `arn:aws:dynamodb:eu-west-1:000000000000:table/${TableName}` });
  expect(await describe(TableName)).toMatchObject({
    TableStatus: 'ACTIVE',
    KeySchema: orders.KeySchema,
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    GlobalSecondaryIndexes: [{ IndexName: 'byCustomer', KeySchema: byCustomer.KeySchema }],
  });
  await put(TableName, '1');
  await table.remove();
  await expect(describe(TableName)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('AWS::DynamoDB::Table: a stream comes, is another with another view, and goes', async () => {
  const { provider, describe } = await start();
  const streamed = (StreamViewType: string) => ({ ...orders, StreamSpecification: { StreamViewType } });
  const table = await make(provider, streamed('NEW_IMAGE'));
  const arnNow = async () => (await describe(table.physicalId)).LatestStreamArn;
  const first = await arnNow();
  expect(table.attributes).toMatchObject({ StreamArn: first });
  expect((await table.change({ ...streamed('NEW_IMAGE'), DeletionProtectionEnabled: false })).attributes).toMatchObject(
    {
      StreamArn: first,
    },
  );
  const changed = await table.change(streamed('KEYS_ONLY'));
  expect(await arnNow()).not.toBe(first);
  expect(changed.attributes).toMatchObject({ StreamArn: await arnNow() });
  await table.change(orders);
  expect(await arnNow()).toBeUndefined();
});

test('AWS::DynamoDB::Table: an index comes and goes, and the items stay', async () => {
  const { provider, describe, client, put, get } = await start();
  const table = await make(provider, orders);
  const TableName = table.physicalId;
  await put(TableName, '1');
  await table.change(indexed);
  const { Items } = await client.query({
    TableName,
    IndexName: 'byCustomer',
    KeyConditionExpression: 'customer = :c',
    ExpressionAttributeValues: { ':c': { S: 'ann' } },
  });
  expect(Items).toHaveLength(1);
  await table.change(orders);
  expect((await describe(TableName)).GlobalSecondaryIndexes ?? []).toEqual([]);
  expect(await get(TableName, '1')).toMatchObject({ customer: { S: 'ann' } });
  await table.remove();
});

test('AWS::DynamoDB::Table: as on AWS, one update makes or deletes one index', async () => {
  const { provider } = await start();
  const table = await make(provider, indexed);
  const other = { ...byCustomer, IndexName: 'other' };
  const two = { ...indexed, GlobalSecondaryIndexes: [{ ...other, IndexName: 'third' }, other, byCustomer] };
  const redefined = { ...byCustomer, Projection: { ProjectionType: 'KEYS_ONLY' } };
  const refused = 'Cannot perform more than one GSI creation or deletion in a single update';
  await expect(table.change(two)).rejects.toThrow(refused);
  await expect(table.change({ ...indexed, GlobalSecondaryIndexes: [redefined] })).rejects.toThrow(refused);
  await table.change({ ...indexed, GlobalSecondaryIndexes: [other, byCustomer] });
  await table.remove();
});

test('AWS::DynamoDB::Table: billing and capacity change in place', async () => {
  const { provider, describe, put, get } = await start();
  const table = await make(provider, {
    ...orders,
    BillingMode: undefined,
    ProvisionedThroughput: { ReadCapacityUnits: '5', WriteCapacityUnits: 5 },
  });
  const TableName = table.physicalId;
  await put(TableName, '1');
  await table.change({
    ...orders,
    BillingMode: 'PROVISIONED',
    ProvisionedThroughput: { ReadCapacityUnits: 7, WriteCapacityUnits: '8' },
  });
  expect(await describe(TableName)).toMatchObject({
    ProvisionedThroughput: { ReadCapacityUnits: 7, WriteCapacityUnits: 8 },
  });
  await table.change(orders);
  expect(await describe(TableName)).toMatchObject({ BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' } });
  expect(await get(TableName, '1')).toBeDefined();
  await table.remove();
});

test('AWS::DynamoDB::Table: what lies beside the schema is set, changed and taken back', async () => {
  const { provider, client, describe } = await start();
  const timeToLive = async (TableName: string) =>
    (await client.describeTimeToLive({ TableName })).TimeToLiveDescription;
  const table = await make(provider, {
    ...orders,
    DeletionProtectionEnabled: 'true',
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: 'true' },
    TimeToLiveSpecification: { AttributeName: 'expires', Enabled: 'true' },
    Tags: [{ Key: 'team', Value: 'oven' }],
  });
  const TableName = table.physicalId;
  expect(await timeToLive(TableName)).toMatchObject({ AttributeName: 'expires', TimeToLiveStatus: 'ENABLED' });
  expect(await describe(TableName)).toMatchObject({ DeletionProtectionEnabled: true });
  await expect(table.remove()).rejects.toThrow();
  await table.change({ ...orders, TableClass: 'STANDARD_INFREQUENT_ACCESS', Tags: [{ Key: 'team', Value: 'mixer' }] });
  expect(await timeToLive(TableName)).toMatchObject({ TimeToLiveStatus: 'DISABLED' });
  const { Tags } = await client.listTagsOfResource({ ResourceArn: String(table.attributes['Arn']) });
  expect(Tags).toEqual([{ Key: 'team', Value: 'mixer' }]);
  await table.remove();
});

test('AWS::DynamoDB::Table: a key attribute of another type makes another table', async () => {
  const { provider, describe } = await start();
  const table = await make(provider, orders);
  const numbered = { ...orders, AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'N' }] };
  const replaced = await table.change(numbered);
  expect(replaced.physicalId).not.toBe(table.physicalId);
  await table.remove();
  await provider.delete(table, orders, contextOf('AWS::DynamoDB::Table'));
  await expect(describe(table.physicalId)).rejects.toThrow();
});

test('AWS::DynamoDB::Table: one whose settings are refused leaves nothing behind', async () => {
  const { provider, client } = await start();
  const properties = { ...orders, TimeToLiveSpecification: { AttributeName: '', Enabled: true } };
  await expect(provider.create(properties, contextOf('AWS::DynamoDB::Table'))).rejects.toThrow();
  expect((await client.listTables({})).TableNames).toEqual([]);
});

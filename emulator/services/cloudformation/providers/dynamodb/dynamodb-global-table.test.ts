import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { describe, expect, onTestFinished, test } from 'vitest';
import { serve } from '../../../../gateway.fixture.ts';
import { createDynamoDb } from '../../../dynamodb/dynamodb.ts';
import { make, region } from '../provider.fixture.ts';
import { dynamodbGlobalTable } from './dynamodb-global-table.ts';

async function start() {
  const { service, operations, close } = createDynamoDb(region);
  onTestFinished(close);
  const { configuration } = await serve([service]);
  const client = new DynamoDB({ ...configuration, region: region.name });
  onTestFinished(() => client.destroy());
  return { provider: dynamodbGlobalTable(operations), client };
}

/** As CDK's `TableV2` writes it. */
const orders = {
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  Replicas: [{ Region: region.name }],
};

test('a global table with one replica is a table: made, changed in place, and deleted', async () => {
  const { provider, client } = await start();
  const table = await make(provider, orders);
  const TableName = table.physicalId;
  const described = async () => (await client.describeTable({ TableName })).Table;
  expect(table.attributes).toEqual({ Arn: `arn:aws:dynamodb:eu-west-1:000000000000:table/${TableName}` });
  await client.putItem({ TableName, Item: { id: { S: '1' }, customer: { S: 'ann' } } });
  await table.change({
    ...orders,
    AttributeDefinitions: [...orders.AttributeDefinitions, { AttributeName: 'customer', AttributeType: 'S' }],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'byCustomer',
        KeySchema: [{ AttributeName: 'customer', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
    Replicas: [
      { Region: region.name, TableClass: 'STANDARD_INFREQUENT_ACCESS', Tags: [{ Key: 'team', Value: 'oven' }] },
    ],
  });
  expect(await described()).toMatchObject({
    TableClassSummary: { TableClass: 'STANDARD_INFREQUENT_ACCESS' },
    GlobalSecondaryIndexes: [{ IndexName: 'byCustomer' }],
  });
  expect((await client.scan({ TableName, IndexName: 'byCustomer' })).Count).toBe(1);
  const index = { IndexName: 'byCustomer', ContributorInsightsSpecification: { Enabled: true } };
  const Replicas = [{ Region: region.name, GlobalSecondaryIndexes: [index] }];
  expect(provider.refusals?.({ ...orders, Replicas }, 'T')).toEqual([]);
  expect(provider.shortfallOf?.({ ...orders, Replicas }, 'T')).toMatch(/^Recorded only: ContributorInsights/);
  await table.remove();
  await expect(described()).rejects.toThrow('not found');
});

describe('refuses by name', () => {
  test.each([
    ['provisioned capacity', { BillingMode: 'PROVISIONED' }, '#/BillingMode: PROVISIONED is not served'],
    ['what is provisioned without a word', { BillingMode: undefined }, '#/BillingMode: PROVISIONED is not served'],
    ['two replicas', { Replicas: [...orders.Replicas, { Region: 'us-east-1' }] }, '#/Replicas: more than one replica'],
    [
      'what a replica may not say',
      { Replicas: [{ Region: region.name, KinesisStreamSpecification: {} }] },
      '#/Replicas: [KinesisStreamSpecification] is not served',
    ],
    [
      'an index of its own',
      {
        Replicas: [
          { Region: region.name, GlobalSecondaryIndexes: [{ IndexName: 'i', ReadProvisionedThroughputSettings: {} }] },
        ],
      },
      '#/Replicas: [GlobalSecondaryIndexes] is not served',
    ],
    ['another region', { Replicas: [{ Region: 'us-east-1' }] }, 'in the region of the stack, eu-west-1'],
  ])('%s', async (_, change, message) => {
    const { provider } = await start();
    await expect(make(provider, { ...orders, ...change })).rejects.toThrow(message);
  });
});

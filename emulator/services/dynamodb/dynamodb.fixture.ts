import { type CreateTableCommandInput, DynamoDB } from '@aws-sdk/client-dynamodb';
import { onTestFinished } from 'vitest';
import { serve } from '../../gateway.fixture.ts';
import type { Region } from '../../wire/operation.ts';
import { createDynamoDb } from './dynamodb.ts';

const region: Region = { accountId: '000000000000', name: 'eu-west-1', endpoint: 'http://127.0.0.1:4566' };

/** DynamoDB without a wire, for a test that turns the clock or calls the table of operations. */
export function start(): ReturnType<typeof createDynamoDb> {
  const dynamodb = createDynamoDb(region);
  onTestFinished(() => dynamodb.close());
  return dynamodb;
}

/** For a test that turns the clock: a signature holds for five minutes, and that of a key that is not known is not verified. */
export const anyTime = { accessKeyId: 'any-time', secretAccessKey: 'x' };

/** The real client of a DynamoDB that lives until the test ends. */
export async function connect(credentials?: typeof anyTime): Promise<DynamoDB> {
  const { configuration } = await serve([start().service]);
  const client = new DynamoDB({ ...configuration, ...(credentials && { credentials }) });
  onTestFinished(() => client.destroy());
  return client;
}

/** A table of orders, with a sort key and an index where that is asked for. */
export const orders: CreateTableCommandInput = {
  TableName: 'orders',
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
};

/** Trays of an oven: a partition each oven, sorted by number. */
export const trays: CreateTableCommandInput = {
  TableName: 'trays',
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [
    { AttributeName: 'oven', KeyType: 'HASH' },
    { AttributeName: 'tray', KeyType: 'RANGE' },
  ],
  AttributeDefinitions: [
    { AttributeName: 'oven', AttributeType: 'S' },
    { AttributeName: 'tray', AttributeType: 'N' },
    { AttributeName: 'recipe', AttributeType: 'S' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'by-recipe',
      KeySchema: [{ AttributeName: 'recipe', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
};

import type { DynamoDB, QueryCommandInput, ScanCommandInput } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { connect, trays } from './dynamodb.fixture.ts';

const TableName = 'trays';
const IndexName = 'by-recipe';

async function connectToTrays(): Promise<DynamoDB> {
  const client = await connect();
  await client.createTable(trays);
  return client;
}

const ofTable = { KeyConditionExpression: 'oven = :v', ExpressionAttributeValues: { ':v': { S: 'a' } } };
const ofIndex = { IndexName, KeyConditionExpression: 'recipe = :v', ExpressionAttributeValues: { ':v': { S: 'a' } } };
const notBoth = (parameter: string, selection: string) =>
  `Cannot specify the ${parameter} when choosing to get ${selection}`;

/** What Select goes with, and in which words it does not: all verified on AWS. */
test.each<[asked: Pick<ScanCommandInput, 'Select' | 'ProjectionExpression' | 'IndexName'>, message: string]>([
  [
    { Select: 'ALL_PROJECTED_ATTRIBUTES' },
    'ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName',
  ],
  [
    { Select: 'SPECIFIC_ATTRIBUTES' },
    'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES',
  ],
  [{ Select: 'COUNT', ProjectionExpression: 'oven' }, notBoth('ProjectionExpression', 'only the Count')],
  [{ Select: 'ALL_ATTRIBUTES', ProjectionExpression: 'oven' }, notBoth('ProjectionExpression', 'ALL_ATTRIBUTES')],
  [
    { Select: 'ALL_PROJECTED_ATTRIBUTES', ProjectionExpression: 'oven', IndexName },
    notBoth('ProjectionExpression', 'ALL_PROJECTED_ATTRIBUTES'),
  ],
])('reading %j is refused', async (asked, message) => {
  const client = await connectToTrays();
  await expect(client.scan({ TableName, ...asked })).rejects.toMatchObject({ name: 'ValidationException', message });
  const query = client.query({ TableName, ...(asked.IndexName ? ofIndex : ofTable), ...asked });
  await expect(query).rejects.toThrow(`1 validation error detected: ${message}`);
});

test.each(['COUNT', 'ALL_ATTRIBUTES'] as const)('Select %s does not go with AttributesToGet', async (Select) => {
  const client = await connectToTrays();
  const words = notBoth('AttributesToGet', Select === 'COUNT' ? 'only the Count' : Select);
  await expect(client.scan({ TableName, Select, AttributesToGet: ['oven'] })).rejects.toThrow(words);
});

test.each<[asked: Partial<ScanCommandInput>, message: string]>([
  [{ IndexName, ConsistentRead: true }, 'Consistent reads are not supported on global secondary indexes'],
  [{ Segment: 0 }, 'The TotalSegments parameter is required but was not present in the request'],
  [{ TotalSegments: 2 }, 'The Segment parameter is required but was not present in the request'],
])('a scan with %j is refused ("Scan", API Reference)', async (asked, message) => {
  const client = await connectToTrays();
  await expect(client.scan({ TableName, ...asked })).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining(message),
  });
});

const empty = { ExpressionAttributeValues: { ':v': { S: '' } } };

test.each<[what: string, asked: Partial<QueryCommandInput>]>([
  ['the key of a table', { ...ofTable, ...empty }],
  ['the key of an index', { ...ofIndex, ...empty }],
  [
    'a key, in the older way',
    { KeyConditions: { oven: { ComparisonOperator: 'EQ', AttributeValueList: [{ S: '' }] } } },
  ],
])('a query with an empty value for %s is refused (verified on AWS)', async (_what, asked) => {
  const client = await connectToTrays();
  await expect(client.query({ TableName, ...asked })).rejects.toThrow(
    'The AttributeValue for a key attribute cannot contain an empty string value.',
  );
});

test('a batch is answered with its tables named as they were asked for (verified on AWS)', async () => {
  const client = await connectToTrays();
  const { Table } = await client.describeTable({ TableName });
  const name = Table?.TableArn ?? '';
  const Item = { oven: { S: 'a' }, tray: { N: '1' } };
  await client.batchWriteItem({ RequestItems: { [name]: [{ PutRequest: { Item } }] } });
  const { Responses } = await client.batchGetItem({ RequestItems: { [name]: { Keys: [Item] } } });
  expect(Responses).toEqual({ [name]: [Item] });
});

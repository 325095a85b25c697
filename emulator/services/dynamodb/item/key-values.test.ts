import type { AttributeValue, DynamoDB } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { connect, trays } from '../dynamodb.fixture.ts';

const TableName = 'trays';
const two = (characters: number) => 'é'.repeat(characters);
const tray = (more: Record<string, AttributeValue>): Record<string, AttributeValue> => ({
  oven: { S: 'a' },
  tray: { N: '1' },
  ...more,
});

async function connectToTrays(): Promise<DynamoDB> {
  const client = await connect();
  await client.createTable(trays);
  return client;
}

const put = (client: DynamoDB, Item: Record<string, AttributeValue>) => client.putItem({ TableName, Item });

/** Source: DynamoDB Developer Guide, "Constraints": sizes are counted in bytes of UTF-8. */
test.each<[what: string, item: Record<string, AttributeValue>, message: string]>([
  ['a partition key of 3,000 bytes', tray({ oven: { S: two(1_500) } }), 'exceeded the maximum size limit of2048 bytes'],
  [
    "an index's key of 3,000 bytes",
    tray({ recipe: { S: two(1_500) } }),
    'exceeded the maximum size limit of2048 bytes',
  ],
  ['an item of 500,000 bytes', tray({ note: { S: two(250_000) } }), 'Item size has exceeded the maximum allowed size'],
])('%s is refused, also where it has fewer characters', async (_what, item, message) => {
  const client = await connectToTrays();
  await expect(put(client, item)).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining(message),
  });
});

test('a sort key of 1,200 bytes is refused, an update to it, too', async () => {
  const client = await connect();
  await client.createTable({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [
      { AttributeName: 'id', KeyType: 'HASH' },
      { AttributeName: 'at', KeyType: 'RANGE' },
    ],
    AttributeDefinitions: ['id', 'at'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
  });
  const key = { id: { S: 'a' }, at: { S: two(600) } };
  const message = 'Aggregated size of all range keys has exceeded the size limit of 1024 bytes';
  await expect(put(client, key)).rejects.toThrow(message);
  await expect(client.getItem({ TableName, Key: key })).rejects.toThrow(message);
  await expect(
    client.batchWriteItem({ RequestItems: { [TableName]: [{ DeleteRequest: { Key: key } }] } }),
  ).rejects.toThrow(message);
  await put(client, { id: { S: 'a' }, at: { S: two(512) } });
});

test('a transaction with an empty key is refused before it begins (verified on AWS)', async () => {
  const client = await connectToTrays();
  const Key = { oven: { S: '' }, tray: { N: '1' } };
  const refused = { name: 'ValidationException', message: expect.stringContaining('cannot contain an empty string') };
  const write = client.transactWriteItems({ TransactItems: [{ Put: { TableName, Item: Key } }] });
  await expect(write).rejects.toMatchObject(refused);
  await expect(client.transactGetItems({ TransactItems: [{ Get: { TableName, Key } }] })).rejects.toMatchObject(
    refused,
  );
});

test('a number may have a plus in front of it (verified on AWS)', async () => {
  const client = await connectToTrays();
  await put(client, tray({ heat: { N: '+1E2' }, heats: { NS: ['+2', '3'] } }));
  const { Item } = await client.getItem({ TableName, Key: tray({}) });
  expect([Item?.['heat']?.N, Item?.['heats']?.NS]).toEqual(['100', ['2', '3']]);
});

test('IN takes 100 values ("Constraints", expression parameters)', async () => {
  const client = await connectToTrays();
  const scan = (count: number) => {
    const names = Array.from({ length: count }, (_, n) => `:v${n}`);
    return client.scan({
      TableName,
      FilterExpression: `attribute_exists(oven) AND NOT (recipe IN (${names.join(', ')}))`,
      ExpressionAttributeValues: Object.fromEntries(names.map((name) => [name, { S: name }])),
    });
  };
  expect((await scan(100)).Count).toBe(0);
  await expect(scan(101)).rejects.toThrow('operator or function: IN, number of operands: 101');
});

test.each([
  { UpdateExpression: 'REMOVE nothing', ReturnValues: 'UPDATED_NEW' as const },
  { UpdateExpression: 'SET fresh = oven', ReturnValues: 'UPDATED_OLD' as const },
])('an update that has nothing to return answers no Attributes (verified on AWS): %j', async (update) => {
  const client = await connectToTrays();
  await put(client, tray({}));
  expect(await client.updateItem({ TableName, Key: tray({}), ...update })).not.toHaveProperty('Attributes');
});

test('an index that exists is not made again (verified on AWS)', async () => {
  const client = await connectToTrays();
  const [index] = trays.GlobalSecondaryIndexes ?? [];
  const update = client.updateTable({
    TableName,
    AttributeDefinitions: [{ AttributeName: 'recipe', AttributeType: 'S' }],
    GlobalSecondaryIndexUpdates: [{ Create: index }],
  });
  await expect(update).rejects.toMatchObject({
    name: 'ValidationException',
    message: 'Attempting to create an index which already exists',
  });
});

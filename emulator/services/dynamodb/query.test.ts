import type { AttributeValue, DynamoDB, QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { connect, trays } from './dynamodb.fixture.ts';

const TableName = 'trays';
const count = 12;
const oven = (name: string) => ({ ':oven': { S: name } });

/** Two ovens of 12 trays each, numbered from -2 in steps of a half; every third holds a sabayon. */
async function connectToOvens(): Promise<DynamoDB> {
  const client = await connect();
  await client.createTable(trays);
  for (const name of ['a', 'b']) {
    const Items = Array.from({ length: count }, (_, i) => ({
      oven: { S: name },
      tray: { N: `${i / 2 - 2}` },
      recipe: { S: i % 3 === 0 ? 'sabayon' : 'tuile' },
      heat: { N: `${i}` },
    }));
    await client.batchWriteItem({ RequestItems: { [TableName]: Items.map((Item) => ({ PutRequest: { Item } })) } });
  }
  return client;
}

const numbers = (items: Record<string, AttributeValue>[] = []) => items.map(({ tray }) => Number(tray?.N));
const all = Array.from({ length: count }, (_, i) => i / 2 - 2);

test.each<{ name: string; query: Partial<QueryCommandInput>; trays: number[] }>([
  { name: 'a partition, in order', query: {}, trays: all },
  { name: 'backwards', query: { ScanIndexForward: false }, trays: [...all].reverse() },
  {
    name: 'a range of numbers',
    query: {
      KeyConditionExpression: 'oven = :oven AND tray BETWEEN :a AND :b',
      ExpressionAttributeValues: { ...oven('a'), ':a': { N: '-0.5' }, ':b': { N: '1' } },
    },
    trays: [-0.5, 0, 0.5, 1],
  },
  {
    name: 'above a number',
    query: {
      KeyConditionExpression: 'oven = :oven AND tray > :a',
      ExpressionAttributeValues: { ...oven('a'), ':a': { N: '2.5' } },
    },
    trays: [3, 3.5],
  },
  {
    name: 'filtered after it was read',
    query: {
      FilterExpression: 'heat >= :heat',
      ExpressionAttributeValues: { ...oven('a'), ':heat': { N: '10' } },
    },
    trays: [3, 3.5],
  },
])('Query: $name', async ({ query, trays }) => {
  const client = await connectToOvens();
  const { Items, ScannedCount, Count } = await client.query({
    TableName,
    KeyConditionExpression: 'oven = :oven',
    ExpressionAttributeValues: oven('a'),
    ...query,
  });
  expect(numbers(Items)).toEqual(trays);
  expect(Count).toBe(trays.length);
  expect(ScannedCount).toBe(query.FilterExpression ? count : trays.length);
});

test('a query is read in pages, both ways', async () => {
  const client = await connectToOvens();
  for (const ScanIndexForward of [true, false]) {
    const pages: number[][] = [];
    let start: Record<string, AttributeValue> | undefined;
    do {
      const page = await client.query({
        TableName,
        KeyConditionExpression: 'oven = :oven',
        ExpressionAttributeValues: oven('b'),
        Limit: 5,
        ScanIndexForward,
        ...(start && { ExclusiveStartKey: start }),
      });
      pages.push(numbers(page.Items));
      start = page.LastEvaluatedKey;
    } while (start);
    expect(pages.map(({ length }) => length)).toEqual([5, 5, 2]);
    expect(pages.flat()).toEqual(ScanIndexForward ? all : [...all].reverse());
  }
});

test('a query ends its page at 1 MB', async () => {
  const client = await connect();
  await client.createTable(trays);
  for (let i = 0; i < 4; i++) {
    const Item = { oven: { S: 'a' }, tray: { N: `${i}` }, dough: { S: 'x'.repeat(390_000) } };
    await client.putItem({ TableName, Item });
  }
  const query = { TableName, KeyConditionExpression: 'oven = :oven', ExpressionAttributeValues: oven('a') };
  const first = await client.query(query);
  expect(numbers(first.Items)).toEqual([0, 1, 2]);
  expect(first.LastEvaluatedKey).toEqual({ oven: { S: 'a' }, tray: { N: '2' } });
  const second = await client.query({ ...query, ExclusiveStartKey: first.LastEvaluatedKey });
  expect(numbers(second.Items)).toEqual([3]);
});

test('an index gives the attributes it projects', async () => {
  const client = await connectToOvens();
  const { Items } = await client.query({
    TableName,
    IndexName: 'by-recipe',
    KeyConditionExpression: 'recipe = :recipe',
    ExpressionAttributeValues: { ':recipe': { S: 'sabayon' } },
  });
  expect(Items).toHaveLength(8);
  for (const item of Items ?? []) {
    expect(Object.keys(item).sort()).toEqual(['oven', 'recipe', 'tray']);
  }
});

test('an index follows its items: moved, without the key, deleted', async () => {
  const client = await connectToOvens();
  const Key = { oven: { S: 'a' }, tray: { N: '-2' } };
  const recipes = async (recipe: string) => {
    const query = { KeyConditionExpression: 'recipe = :r', ExpressionAttributeValues: { ':r': { S: recipe } } };
    return (await client.query({ TableName, IndexName: 'by-recipe', ...query })).Count;
  };
  const ExpressionAttributeValues = { ':r': { S: 'macaron' } };
  await client.updateItem({ TableName, Key, UpdateExpression: 'SET recipe = :r', ExpressionAttributeValues });
  expect([await recipes('sabayon'), await recipes('macaron')]).toEqual([7, 1]);
  await client.updateItem({ TableName, Key, UpdateExpression: 'REMOVE recipe' });
  expect([await recipes('sabayon'), await recipes('macaron')]).toEqual([7, 0]);
  await client.deleteItem({ TableName, Key: { ...Key, tray: { N: '-0.5' } } });
  expect(await recipes('sabayon')).toBe(6);
});

test('an index takes no empty key', async () => {
  const client = await connectToOvens();
  const Item = { oven: { S: 'a' }, tray: { N: '99' }, recipe: { S: '' } };
  await expect(client.putItem({ TableName, Item })).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining('IndexName: by-recipe, IndexKey: recipe'),
  });
  expect((await client.getItem({ TableName, Key: { oven: Item.oven, tray: Item.tray } })).Item).toBeUndefined();
});

test('an index keeps items apart whose keys begin with the same hash, across pages too', async () => {
  const client = await connect();
  await client.createTable(trays);
  const ovens = ['oven-1391', 'oven-6479', 'oven-6726', 'oven-7212', 'oven-1588', 'oven-10159'];
  for (const S of ovens) {
    await client.putItem({ TableName, Item: { oven: { S }, tray: { N: '1' }, recipe: { S: 'tuile' } } });
  }
  for (const ScanIndexForward of [true, false]) {
    const read: unknown[] = [];
    let start: Record<string, AttributeValue> | undefined;
    do {
      const page = await client.query({
        TableName,
        IndexName: 'by-recipe',
        KeyConditionExpression: 'recipe = :r',
        ExpressionAttributeValues: { ':r': { S: 'tuile' } },
        Limit: 1,
        ScanIndexForward,
        ...(start && { ExclusiveStartKey: start }),
      });
      read.push(...(page.Items ?? []).map(({ oven }) => oven?.S));
      start = page.LastEvaluatedKey;
    } while (start);
    expect(read.sort()).toEqual([...ovens].sort());
  }
});

test('a scan reads all, in pages, filtered, projected and in segments', async () => {
  const client = await connectToOvens();
  let read = 0;
  let start: Record<string, AttributeValue> | undefined;
  do {
    const page = await client.scan({ TableName, Limit: 7, ...(start && { ExclusiveStartKey: start }) });
    read += page.Count ?? 0;
    start = page.LastEvaluatedKey;
  } while (start);
  expect(read).toBe(2 * count);

  const filtered = await client.scan({
    TableName,
    FilterExpression: 'heat = :heat AND attribute_exists(oven)',
    ProjectionExpression: 'heat, oven',
    ExpressionAttributeValues: { ':heat': { N: '3' } },
  });
  expect([filtered.Count, filtered.ScannedCount]).toEqual([2, 2 * count]);
  for (const item of filtered.Items ?? []) {
    expect(Object.keys(item).sort()).toEqual(['heat', 'oven']);
  }

  const segments = await Promise.all([0, 1, 2].map((Segment) => client.scan({ TableName, Segment, TotalSegments: 3 })));
  expect(segments.reduce((sum, { Count = 0 }) => sum + Count, 0)).toBe(2 * count);
  expect((await client.scan({ TableName, IndexName: 'by-recipe', Select: 'COUNT' })).Count).toBe(2 * count);
});

test('a local index gives whole items on request', async () => {
  const client = await connect();
  await client.createTable({
    ...trays,
    AttributeDefinitions: [
      { AttributeName: 'oven', AttributeType: 'S' },
      { AttributeName: 'tray', AttributeType: 'N' },
      { AttributeName: 'heat', AttributeType: 'N' },
    ],
    GlobalSecondaryIndexes: undefined,
    LocalSecondaryIndexes: [
      {
        IndexName: 'by-heat',
        KeySchema: [
          { AttributeName: 'oven', KeyType: 'HASH' },
          { AttributeName: 'heat', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
  });
  for (const [tray, heat] of [
    ['1', '30'],
    ['2', '4'],
  ]) {
    const Item = { oven: { S: 'a' }, tray: { N: `${tray}` }, heat: { N: `${heat}` }, note: { S: 'n' } };
    await client.putItem({ TableName, Item });
  }
  const query = { TableName, IndexName: 'by-heat', KeyConditionExpression: 'oven = :oven' } as const;
  const keys = await client.query({ ...query, ExpressionAttributeValues: oven('a'), ConsistentRead: true });
  expect(numbers(keys.Items)).toEqual([2, 1]);
  expect(keys.Items?.[0]?.['note']).toBeUndefined();
  const whole = await client.query({ ...query, ExpressionAttributeValues: oven('a'), Select: 'ALL_ATTRIBUTES' });
  expect(whole.Items?.map(({ note }) => note?.S)).toEqual(['n', 'n']);
});

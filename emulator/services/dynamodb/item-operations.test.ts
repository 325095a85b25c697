import type { AttributeValue, DynamoDB, UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { connect, orders } from './dynamodb.fixture.ts';

type Item = Record<string, AttributeValue>;
const TableName = 'orders';
const Key = { id: { S: 'a' } };

async function connectWith(...items: Item[]): Promise<DynamoDB> {
  const client = await connect();
  await client.createTable(orders);
  for (const Item of items) {
    await client.putItem({ TableName, Item });
  }
  return client;
}

const read = async (client: DynamoDB) => (await client.getItem({ TableName, Key, ConsistentRead: true })).Item;

test('an item comes back as it was put, whatever its types', async () => {
  const Item: Item = {
    ...Key,
    text: { S: 'Törtchen 🍪' },
    empty: { S: '' },
    precise: { N: '12345678901234567890.123456789012345678' },
    bytes: { B: new Uint8Array([0, 255, 128]) },
    nothing: { NULL: true },
    yes: { BOOL: false },
    names: { SS: ['a', 'b'] },
    numbers: { NS: ['1', '2.5'] },
    list: { L: [{ S: '1' }, { M: { deep: { L: [] } } }] },
    map: { M: {} },
  };
  const client = await connectWith(Item);
  expect(await read(client)).toEqual(Item);
});

test.each<{ name: string; item?: Item; update: Partial<UpdateItemCommandInput>; becomes: Item }>([
  {
    name: 'SET makes an item that is not there',
    update: { UpdateExpression: 'SET n = :n', ExpressionAttributeValues: { ':n': { N: '1.50' } } },
    becomes: { n: { N: '1.5' } },
  },
  { name: 'no expression makes an item of the key alone', update: {}, becomes: {} },
  {
    name: 'a sum, a default and an appended list',
    item: { n: { N: '1' }, l: { L: [{ N: '1' }] } },
    update: {
      UpdateExpression: 'SET n = n + :n, m = if_not_exists(m, :n), l = list_append(l, :l)',
      ExpressionAttributeValues: { ':n': { N: '2' }, ':l': { L: [{ N: '2' }] } },
    },
    becomes: { n: { N: '3' }, m: { N: '2' }, l: { L: [{ N: '1' }, { N: '2' }] } },
  },
  {
    name: 'ADD and DELETE on numbers and sets',
    item: { n: { N: '1' }, s: { SS: ['a', 'b'] }, gone: { SS: ['x'] } },
    update: {
      UpdateExpression: 'ADD n :n, s :more DELETE gone :x',
      ExpressionAttributeValues: { ':n': { N: '-3' }, ':more': { SS: ['b', 'c'] }, ':x': { SS: ['x'] } },
    },
    becomes: { n: { N: '-2' }, s: { SS: ['a', 'b', 'c'] } },
  },
  {
    name: 'nested paths',
    item: { m: { M: { a: { L: [{ N: '1' }, { N: '2' }] } } } },
    update: {
      UpdateExpression: 'SET #m.a[1] = :v REMOVE #m.b',
      ExpressionAttributeNames: { '#m': 'm' },
      ExpressionAttributeValues: { ':v': { S: 'x' } },
    },
    becomes: { m: { M: { a: { L: [{ N: '1' }, { S: 'x' }] } } } },
  },
  {
    name: 'elements are removed by the positions they had',
    item: { l: { L: [{ N: '0' }, { N: '1' }, { N: '2' }, { N: '3' }] } },
    update: { UpdateExpression: 'REMOVE l[0], l[1], l[3]' },
    becomes: { l: { L: [{ N: '2' }] } },
  },
  {
    name: 'each clause sees the item as it was',
    item: { a: { N: '1' }, b: { N: '2' } },
    update: { UpdateExpression: 'SET a = b ADD b :n', ExpressionAttributeValues: { ':n': { N: '5' } } },
    becomes: { a: { N: '2' }, b: { N: '7' } },
  },
  {
    name: 'attributes are swapped',
    item: { a: { N: '1' }, b: { N: '2' } },
    update: { UpdateExpression: 'SET a = b, b = a' },
    becomes: { a: { N: '2' }, b: { N: '1' } },
  },
])('UpdateItem: $name', async ({ item, update, becomes }) => {
  const client = await connectWith(...(item ? [{ ...Key, ...item }] : []));
  await client.updateItem({ TableName, Key, ...update });
  expect(await read(client)).toEqual({ ...Key, ...becomes });
});

test.each([
  ['NONE', undefined],
  ['ALL_OLD', { id: { S: 'a' }, n: { N: '1' }, kept: { S: 'k' } }],
  ['UPDATED_OLD', { n: { N: '1' } }],
  ['ALL_NEW', { id: { S: 'a' }, n: { N: '2' }, kept: { S: 'k' }, new: { BOOL: true } }],
  ['UPDATED_NEW', { n: { N: '2' }, new: { BOOL: true } }],
] as const)('UpdateItem returns %s', async (ReturnValues, Attributes) => {
  const client = await connectWith({ ...Key, n: { N: '1' }, kept: { S: 'k' } });
  const answer = await client.updateItem({
    TableName,
    Key,
    UpdateExpression: 'SET n = :n, #new = :new',
    ExpressionAttributeNames: { '#new': 'new' },
    ExpressionAttributeValues: { ':n': { N: '2' }, ':new': { BOOL: true } },
    ReturnValues,
  });
  expect(answer.Attributes).toEqual(Attributes);
});

test('put and delete return the item that was there', async () => {
  const client = await connectWith({ ...Key, n: { N: '1' } });
  const put = await client.putItem({ TableName, Item: { ...Key, n: { N: '2' } }, ReturnValues: 'ALL_OLD' });
  expect(put.Attributes).toEqual({ ...Key, n: { N: '1' } });
  const deleted = await client.deleteItem({ TableName, Key, ReturnValues: 'ALL_OLD' });
  expect(deleted.Attributes).toEqual({ ...Key, n: { N: '2' } });
  expect((await client.deleteItem({ TableName, Key, ReturnValues: 'ALL_OLD' })).Attributes).toBeUndefined();
  expect(await read(client)).toBeUndefined();
});

test.each([
  ['attribute_not_exists(id)', false],
  ['attribute_exists(id)', true],
  ['n BETWEEN :one AND :ten', true],
  ['n IN (:one, :ten)', false],
  ['NOT n = :ten AND (n > :ten OR size(#list) = :one)', true],
  ['begins_with(#text, :text) AND contains(#text, :text)', true],
  ['attribute_type(#text, :text)', true],
  ['n < :ten AND n <> :one', true],
])('a condition %s is met: %s', async (ConditionExpression, isMet) => {
  const client = await connectWith({ ...Key, n: { N: '5' }, list: { L: [{ N: '1' }] }, text: { S: 'S-bahn' } });
  const values = { ':one': { N: '1' }, ':ten': { N: '10.0' }, ':text': { S: 'S' } };
  const used = (all: object) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => new RegExp(`${name}\\b`).test(ConditionExpression)));
  const names = used({ '#list': 'list', '#text': 'text' });
  const deletion = client.deleteItem({
    TableName,
    Key,
    ConditionExpression,
    ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
    ...(ConditionExpression.includes(':') && { ExpressionAttributeValues: used(values) }),
  });
  if (isMet) {
    await deletion;
  } else {
    await expect(deletion).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
  }
  expect((await read(client)) === undefined).toBe(isMet);
});

const absent = { ConditionExpression: 'attribute_not_exists(id)', TableName } as const;
test.each<{ operation: string; call: (client: DynamoDB, more: object) => Promise<unknown> }>([
  { operation: 'PutItem', call: (client, more) => client.putItem({ ...absent, Item: Key, ...more }) },
  { operation: 'DeleteItem', call: (client, more) => client.deleteItem({ ...absent, Key, ...more }) },
  {
    operation: 'UpdateItem',
    call: (client, more) => client.updateItem({ ...absent, Key, UpdateExpression: 'REMOVE bytes', ...more }),
  },
])('$operation: a failed condition tells the item only if asked', async ({ call }) => {
  const Item = { ...Key, bytes: { B: new Uint8Array([1, 2, 3]) } };
  const client = await connectWith(Item);
  const failure = {
    name: 'ConditionalCheckFailedException',
    message: 'The conditional request failed',
    $metadata: { httpStatusCode: 400 },
  };
  const quiet = await call(client, {}).catch((error: unknown) => error);
  expect(quiet).toMatchObject(failure);
  expect((quiet as { Item?: unknown }).Item).toBeUndefined();
  await expect(call(client, { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' })).rejects.toMatchObject({
    ...failure,
    Item,
  });
  expect(await read(client)).toEqual(Item);
});

test('batches write and read up to 25 and 100 items', async () => {
  const client = await connectWith({ id: { S: 'old' } });
  const ids = Array.from({ length: 24 }, (_, i) => ({ id: { S: `${i}` } }));
  const written = await client.batchWriteItem({
    RequestItems: {
      [TableName]: [...ids.map((Item) => ({ PutRequest: { Item } })), { DeleteRequest: { Key: { id: { S: 'old' } } } }],
    },
  });
  expect(written.UnprocessedItems).toEqual({});
  const Keys = [...ids, { id: { S: 'old' } }];
  const { Responses } = await client.batchGetItem({ RequestItems: { [TableName]: { Keys } } });
  expect(Responses?.[TableName]?.map(({ id }) => Number(id?.S)).sort((a, b) => a - b)).toEqual(ids.map((_, i) => i));
});

test('consumed capacity is told if asked', async () => {
  const client = await connectWith();
  const put = await client.putItem({
    TableName,
    Item: { ...Key, text: { S: 'x'.repeat(1500) } },
    ReturnConsumedCapacity: 'TOTAL',
  });
  expect(put.ConsumedCapacity).toEqual({ TableName, CapacityUnits: 2 });
  const get = await client.getItem({ TableName, Key, ReturnConsumedCapacity: 'TOTAL' });
  expect(get.ConsumedCapacity).toEqual({ TableName, CapacityUnits: 0.5 });
});

test('a table may be named by its ARN', async () => {
  const client = await connectWith(Key);
  const { Table } = await client.describeTable({ TableName });
  expect((await client.getItem({ TableName: Table?.TableArn, Key })).Item).toEqual(Key);
});

test('of many concurrent conditional writes one is done, and no addition is lost', async () => {
  const client = await connectWith();
  const puts = await Promise.allSettled(
    Array.from({ length: 20 }, () =>
      client.putItem({ TableName, Item: { ...Key, n: { N: '0' } }, ConditionExpression: 'attribute_not_exists(id)' }),
    ),
  );
  expect(puts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const ExpressionAttributeValues = { ':one': { N: '1' } };
  await Promise.all(
    Array.from({ length: 50 }, () =>
      client.updateItem({ TableName, Key, UpdateExpression: 'ADD n :one', ExpressionAttributeValues }),
    ),
  );
  expect((await read(client))?.['n']).toEqual({ N: '50' });
});

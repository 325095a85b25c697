import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { connect, orders } from './dynamodb.fixture.ts';

const id: AttributeValue = { S: '1' };
const TableName = 'orders';
const Key = { id };

async function table() {
  const dynamodb = await connect();
  await dynamodb.createTable(orders);
  return dynamodb;
}

/** A scalar in so many pairs of a map and a list. */
const nested = (pairs: number): AttributeValue => (pairs === 0 ? { N: '1' } : { M: { a: { L: [nested(pairs - 1)] } } });

/** A scalar in so many maps. */
const maps = (count: number): AttributeValue => (count === 0 ? { N: '1' } : { M: { a: maps(count - 1) } });

test('an item has 32 levels at the most', async () => {
  const dynamodb = await table();
  await dynamodb.putItem({ TableName, Item: { id, a: maps(31) } });
  const message =
    'Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit';
  const refused = { name: 'ValidationException', message };
  for (const a of [maps(32), maps(60), nested(16), { L: [maps(31)] }]) {
    await expect(dynamodb.putItem({ TableName, Item: { id, a } })).rejects.toMatchObject(refused);
    const RequestItems = { [TableName]: [{ PutRequest: { Item: { id, a } } }] };
    await expect(dynamodb.batchWriteItem({ RequestItems })).rejects.toMatchObject(refused);
    const TransactItems = [{ Put: { TableName, Item: { id, a } } }];
    await expect(dynamodb.transactWriteItems({ TransactItems })).rejects.toMatchObject(refused);
    const update = { TableName, Key, UpdateExpression: 'SET b = :b', ExpressionAttributeValues: { ':b': a } };
    await expect(dynamodb.updateItem(update)).rejects.toMatchObject(refused);
  }
});

test('an update cannot nest more into what is nested already', async () => {
  const dynamodb = await table();
  await dynamodb.putItem({ TableName, Item: { id, a: maps(31) } });
  const update = { TableName, Key, UpdateExpression: 'SET a.b = a' };
  await expect(dynamodb.updateItem(update)).rejects.toThrow('Nesting Levels have exceeded supported limits');
  expect((await dynamodb.getItem({ TableName, Key })).Item).toEqual({ id, a: maps(31) });
});

test.each([
  {
    what: 'is too long',
    expression: `a = :v OR ${'b'.repeat(4096)} = :v`,
    message:
      'Invalid ConditionExpression: Expression size has exceeded the maximum allowed size; expression size: 4111',
  },
  {
    what: 'has too many operators',
    expression: Array(151).fill('a = :v').join(' OR '),
    message: 'Invalid ConditionExpression: The expression contains too many operators; operator count: 301',
  },
  {
    what: 'has too long a path',
    expression: `a${'.b'.repeat(32)} = :v`,
    message: 'Invalid ConditionExpression: The document path has too many nesting levels; nesting levels: 33',
  },
  { what: 'opens what it does not close', expression: `${'('.repeat(2000)}a = :v`, message: 'Syntax error' },
  {
    what: 'has parentheses for nothing',
    expression: `${'('.repeat(1000)}a = :v${')'.repeat(1000)}`,
    message: 'The expression has redundant parentheses;',
  },
  {
    what: 'ends in the middle',
    expression: `${'(a = :v AND '.repeat(100)}a =${')'.repeat(100)}`,
    message: 'Syntax error',
  },
  { what: 'has parentheses in a function', expression: `begins_with(${'('.repeat(1000)}a`, message: 'redundant' },
])('a condition that $what is refused', async ({ expression, message }) => {
  const dynamodb = await table();
  const put = { TableName, Item: { id }, ConditionExpression: expression, ExpressionAttributeValues: { ':v': id } };
  await expect(dynamodb.putItem(put)).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining(message),
  });
});

test.each([
  { condition: 'a = :1 AND (b = :2 OR b = :3)', holds: true },
  { condition: '(a = :2 OR (b = :2 AND (a = :1 AND NOT (b = :3))))', holds: true },
  { condition: 'NOT(a = :1 AND (b = :2))', holds: false },
  { condition: '(a = :2 OR b = :3) OR (a = :1 AND b = :3)', holds: false },
  { condition: '(a IN (:1, :3)) AND (b BETWEEN (:1) AND (:3))', holds: true },
  { condition: 'attribute_exists(a) AND (attribute_not_exists(c.d) OR size(b) > :1)', holds: true },
  { condition: `${'(a = :1 AND '.repeat(60)}b = :2${')'.repeat(60)}`, holds: true },
])('$condition holds: $holds', async ({ condition, holds }) => {
  const dynamodb = await table();
  await dynamodb.putItem({ TableName, Item: { id, a: { N: '1' }, b: { N: '2' } } });
  const values = { ':1': { N: '1' }, ':2': { N: '2' }, ':3': { N: '3' } };
  const used = Object.entries(values).filter(([name]) => condition.includes(name));
  const put = dynamodb.putItem({
    TableName,
    Item: { id },
    ConditionExpression: condition,
    ExpressionAttributeValues: Object.fromEntries(used),
  });
  await (holds ? put : expect(put).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' }));
});

const texts = (value: AttributeValue | undefined) => value?.L?.map(({ S }) => S).join('');

test.each([
  { update: 'SET a[999999999] = :x', list: 'abx' },
  { update: 'SET a[900] = :y, a[5] = :x, a[1] = :z', list: 'azxy' },
  { update: 'SET a[2] = :x, a[3] = :y', list: 'abxy' },
  { update: 'SET m.l[999999999] = :x', list: 'ab', inner: 'cx' },
  { update: 'SET a[99999999999999999999] = :x', list: 'abx' },
  { update: 'REMOVE a[999999999]', list: 'ab' },
])('$update: what is past the end of a list is put at its end', async ({ update, list, inner = 'c' }) => {
  const dynamodb = await table();
  const a = { L: [{ S: 'a' }, { S: 'b' }] };
  await dynamodb.putItem({ TableName, Item: { id, a, m: { M: { l: { L: [{ S: 'c' }] } } } } });
  const values = Object.entries({ ':x': { S: 'x' }, ':y': { S: 'y' }, ':z': { S: 'z' } });
  const used = values.filter(([name]) => update.includes(name));
  await dynamodb.updateItem({
    TableName,
    Key,
    UpdateExpression: update,
    ...(used.length > 0 && { ExpressionAttributeValues: Object.fromEntries(used) }),
  });
  const { Item = {} } = await dynamodb.getItem({ TableName, Key });
  expect([texts(Item['a']), texts(Item['m']?.M?.['l'])]).toEqual([list, inner]);
});

const strings = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => (from + i).toString(36));

test('large sets are added to and deleted from by their members', async () => {
  const dynamodb = await table();
  const change = (UpdateExpression: string, SS: string[]) =>
    dynamodb.updateItem({ TableName, Key, UpdateExpression, ExpressionAttributeValues: { ':s': { SS } } });
  await change('ADD s :s', strings(0, 40_000));
  await change('ADD s :s', strings(20_000, 60_000));
  const { Item = {} } = await dynamodb.getItem({ TableName, Key });
  expect(Item['s']?.SS).toEqual(strings(0, 60_000));
  await change('DELETE s :s', strings(10, 70_000));
  expect((await dynamodb.getItem({ TableName, Key })).Item?.['s']?.SS).toEqual(strings(0, 10));
  await dynamodb.updateItem({ TableName, Key, AttributeUpdates: { s: { Action: 'ADD', Value: { SS: ['x'] } } } });
  await dynamodb.updateItem({
    TableName,
    Key,
    AttributeUpdates: { s: { Action: 'DELETE', Value: { SS: strings(0, 10) } } },
  });
  expect((await dynamodb.getItem({ TableName, Key })).Item?.['s']?.SS).toEqual(['x']);
  await change('DELETE s :s', ['x']);
  expect((await dynamodb.getItem({ TableName, Key })).Item).toEqual({ id });
});

test.each(['1'.repeat(1_000_000), `0.${'0'.repeat(1_000_000)}1`, '1e999999999', `1e-${'9'.repeat(200)}`])(
  'a number that no number can be is refused',
  async (N) => {
    const dynamodb = await table();
    await expect(dynamodb.putItem({ TableName, Item: { id, n: { N } } })).rejects.toMatchObject({
      name: 'ValidationException',
    });
  },
);

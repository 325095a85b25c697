import {
  type DynamoDB,
  type TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { expect, test, vi } from 'vitest';
import { authorization, serve } from '../../../gateway.fixture.ts';
import { anyTime, connect, orders, start, trays } from '../dynamodb.fixture.ts';

const TableName = 'orders';
const item = (id: string, n: number) => ({ id: { S: id }, n: { N: `${n}` } });
const put = (id: string, n: number): TransactWriteItem => ({ Put: { TableName, Item: item(id, n) } });
const putNew = (id: string): TransactWriteItem => ({
  Put: { TableName, Item: item(id, 0), ConditionExpression: 'attribute_not_exists(id)' },
});
const add = (id: string, n: number): TransactWriteItem => ({
  Update: {
    TableName,
    Key: { id: { S: id } },
    UpdateExpression: 'ADD n :n',
    ExpressionAttributeValues: { ':n': { N: `${n}` } },
  },
});
const check = (id: string, more: object = {}): TransactWriteItem => ({
  ConditionCheck: { TableName, Key: { id: { S: id } }, ConditionExpression: 'attribute_exists(id)', ...more },
});

async function connectWithOrders(credentials?: typeof anyTime): Promise<DynamoDB> {
  const client = await connect(credentials);
  await client.createTable(orders);
  await client.createTable(trays);
  for (const [id, n] of [
    ['a', 1],
    ['b', 2],
    ['c', 3],
  ] as const) {
    await client.putItem({ TableName, Item: item(id, n) });
  }
  return client;
}

async function state(client: DynamoDB): Promise<Record<string, number>> {
  const { Items = [] } = await client.scan({ TableName });
  return Object.fromEntries(Items.map(({ id, n }) => [id?.S ?? '', Number(n?.N)]));
}

test('all actions are carried out, on several tables', async () => {
  const client = await connectWithOrders();
  await client.transactWriteItems({
    TransactItems: [
      put('new', 9),
      add('a', 10),
      { Delete: { TableName, Key: { id: { S: 'b' } } } },
      check('c'),
      { Put: { TableName: 'trays', Item: { oven: { S: 'o' }, tray: { N: '1' }, recipe: { S: 'r' } } } },
    ],
  });
  expect(await state(client)).toEqual({ new: 9, a: 11, c: 3 });
  expect((await client.scan({ TableName: 'trays', IndexName: 'by-recipe' })).Count).toBe(1);
});

test('a failed condition cancels all, and each action has its reason', async () => {
  const client = await connectWithOrders();
  const before = await state(client);
  const failure: TransactionCanceledException = await client
    .transactWriteItems({
      TransactItems: [
        { Put: { TableName: 'trays', Item: { oven: { S: 'o' }, tray: { N: '1' }, recipe: { S: 'r' } } } },
        add('a', 10),
        putNew('b'),
        check('nothing', { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }),
        {
          Delete: {
            TableName,
            Key: { id: { S: 'c' } },
            ConditionExpression: 'n > :n',
            ExpressionAttributeValues: { ':n': { N: '3' } },
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          },
        },
      ],
    })
    .then(
      () => expect.unreachable(),
      (error) => error,
    );
  expect(failure).toMatchObject({
    name: 'TransactionCanceledException',
    message:
      'Transaction cancelled, please refer cancellation reasons for specific reasons [None, None, ConditionalCheckFailed, ConditionalCheckFailed, ConditionalCheckFailed]',
    $metadata: { httpStatusCode: 400 },
  });
  const Message = 'The conditional request failed';
  expect(failure.CancellationReasons).toEqual([
    { Code: 'None' },
    { Code: 'None' },
    { Code: 'ConditionalCheckFailed', Message },
    { Code: 'ConditionalCheckFailed', Message },
    { Code: 'ConditionalCheckFailed', Message, Item: item('c', 3) },
  ]);
  expect(await state(client)).toEqual(before);
  expect((await client.scan({ TableName: 'trays' })).Count).toBe(0);
  expect((await client.scan({ TableName: 'trays', IndexName: 'by-recipe' })).Count).toBe(0);
});

test('an update that cannot be applied cancels all', async () => {
  const client = await connectWithOrders();
  await client.putItem({ TableName, Item: { id: { S: 'text' }, n: { S: 'x' } } });
  const cancelled = client.transactWriteItems({ TransactItems: [put('new', 1), add('text', 1)] });
  await expect(cancelled).rejects.toMatchObject({
    name: 'TransactionCanceledException',
    CancellationReasons: [{ Code: 'None' }, { Code: 'ValidationError', Message: expect.stringContaining('data type') }],
  });
  expect(Object.keys(await state(client)).sort()).toEqual(['a', 'b', 'c', 'text']);
});

test('after a transaction that was cancelled, writes stay', async () => {
  const client = await connectWithOrders();
  await expect(client.transactWriteItems({ TransactItems: [putNew('a'), put('d', 4)] })).rejects.toThrow();
  await client.transactWriteItems({ TransactItems: [put('d', 4)] });
  await client.putItem({ TableName, Item: item('e', 5) });
  expect(await state(client)).toEqual({ a: 1, b: 2, c: 3, d: 4, e: 5 });
});

test.each<{ name: string; actions: TransactWriteItem[]; code?: string; message: RegExp }>([
  { name: 'no action', actions: [], message: /Member must have length greater than or equal to 1/ },
  {
    name: '101 actions',
    actions: Array.from({ length: 101 }, (_, i) => put(`${i}`, i)),
    message: /Member must have length less than or equal to 100/,
  },
  { name: 'two actions on one item', actions: [put('a', 1), add('a', 1)], message: /multiple operations on one item/ },
  {
    name: 'an action of two kinds',
    actions: [{ ...put('x', 1), ...check('a') } as TransactWriteItem],
    message: /can only contain one of/,
  },
  {
    name: 'a table that is not there',
    actions: [put('x', 1), { Put: { TableName: 'nothing', Item: item('y', 1) } }],
    code: 'ResourceNotFoundException',
    message: /Requested resource not found/,
  },
  {
    name: 'an expression that cannot be read',
    actions: [put('x', 1), check('a', { ConditionExpression: 'n ==' })],
    message: /Invalid ConditionExpression: Syntax error/,
  },
])('refused: $name', async ({ actions, code = 'ValidationException', message }) => {
  const client = await connectWithOrders();
  const refused = client.transactWriteItems({ TransactItems: actions });
  await expect(refused).rejects.toMatchObject({ name: code, message: expect.stringMatching(message) });
  expect(await state(client)).toEqual({ a: 1, b: 2, c: 3 });
});

test('a token makes a transaction one that is carried out once, for ten minutes', async () => {
  const client = await connectWithOrders(anyTime);
  const command = (n: number) =>
    new TransactWriteItemsCommand({ ClientRequestToken: 'token', TransactItems: [add('a', n)] });
  vi.useFakeTimers({ toFake: ['Date'] });
  try {
    await client.send(command(1));
    await client.send(command(1));
    expect((await state(client))['a']).toBe(2);
    await expect(client.send(command(2))).rejects.toMatchObject({ name: 'IdempotentParameterMismatchException' });
    vi.advanceTimersByTime(10 * 60_000 + 1);
    await client.send(command(1));
    expect((await state(client))['a']).toBe(3);
  } finally {
    vi.useRealTimers();
  }
});

test('a cancelled transaction may be tried again with its token', async () => {
  const client = await connectWithOrders();
  const command = () =>
    new TransactWriteItemsCommand({ ClientRequestToken: 'token', TransactItems: [check('late'), add('a', 1)] });
  await expect(client.send(command())).rejects.toThrow();
  await client.putItem({ TableName, Item: item('late', 0) });
  await client.send(command());
  expect((await state(client))['a']).toBe(2);
});

test('items are read together', async () => {
  const client = await connectWithOrders();
  const get = (id: string, more: object = {}) => ({ Get: { TableName, Key: { id: { S: id } }, ...more } });
  const { Responses, ConsumedCapacity } = await client.transactGetItems({
    TransactItems: [
      get('a'),
      get('nothing'),
      get('b', { ProjectionExpression: '#n', ExpressionAttributeNames: { '#n': 'n' } }),
    ],
    ReturnConsumedCapacity: 'TOTAL',
  });
  expect(Responses).toEqual([{ Item: item('a', 1) }, {}, { Item: { n: { N: '2' } } }]);
  expect(ConsumedCapacity).toEqual([{ TableName, CapacityUnits: 6, ReadCapacityUnits: 6 }]);
  await expect(client.transactGetItems({ TransactItems: [get('a'), get('a')] })).rejects.toMatchObject({
    name: 'ValidationException',
  });
});

const emptyValue = 'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes';
const hole = (at: string, kind = 'Member') =>
  expect.stringMatching(
    new RegExp(`at '${at}' failed .* ${kind} must satisfy constraint: \\[Member must not be null\\]$`),
  );

test.each([
  { operation: 'TransactWriteItems', input: { TransactItems: [null] }, message: hole('transactItems') },
  { operation: 'TransactGetItems', input: { TransactItems: [null] }, message: hole('transactItems') },
  { operation: 'TransactWriteItems', input: { TransactItems: [5] }, code: 'SerializationException' },
  { operation: 'TransactWriteItems', input: { TransactItems: [[]] }, code: 'SerializationException' },
  { operation: 'TransactGetItems', input: { TransactItems: {} }, code: 'SerializationException' },
  { operation: 'GetItem', input: { TableName, Key: { id: null } }, message: emptyValue },
  { operation: 'GetItem', input: { TableName, Key: { id: { L: [null] } } }, message: emptyValue },
  {
    operation: 'PutItem',
    input: { TableName, Item: { id: { S: 'a' }, s: { SS: ['a', null] } } },
    message: hole('item.s.member.sS'),
  },
  { operation: 'BatchGetItem', input: { RequestItems: { orders: null } }, message: hole('requestItems', 'Map value') },
  {
    operation: 'BatchWriteItem',
    input: { RequestItems: { orders: [null] } },
    message: hole('requestItems.orders.member'),
  },
])('$operation of $input is refused', async ({ operation, input, code = 'ValidationException', message }) => {
  const { url } = await serve([start().service]);
  const answer = await fetch(url, {
    method: 'POST',
    headers: { authorization: authorization('dynamodb'), 'x-amz-target': `DynamoDB_20120810.${operation}` },
    body: JSON.stringify(input),
  });
  expect(answer.status).toBe(400);
  const told = (await answer.json()) as Record<string, unknown>;
  expect(told['__type']).toContain(code);
  if (message) {
    expect(told['message']).toEqual(message);
  }
});

test('items of more than 4 MB together are refused, and none is written or read', async () => {
  const client = await connectWithOrders();
  const large = (id: string) => ({ id: { S: id }, text: { S: 'x'.repeat(390_000) } });
  const ids = Array.from({ length: 11 }, (_, n) => `large-${n}`);
  const TransactItems = ids.map((id) => ({ Put: { TableName, Item: large(id) } }));
  await expect(client.transactWriteItems({ TransactItems })).rejects.toThrow(/4 MB/);
  expect(Object.keys(await state(client)).sort()).toEqual(['a', 'b', 'c']);
  for (const id of ids) {
    await client.putItem({ TableName, Item: large(id) });
  }
  const gets = ids.map((id) => ({ Get: { TableName, Key: { id: { S: id } } } }));
  await expect(client.transactGetItems({ TransactItems: gets })).rejects.toThrow(/4 MB/);
  const { Responses } = await client.transactGetItems({ TransactItems: gets.slice(1) });
  expect(Responses).toHaveLength(10);
});

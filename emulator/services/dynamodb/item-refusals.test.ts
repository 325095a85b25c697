import type { AttributeValue, DynamoDB } from '@aws-sdk/client-dynamodb';
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

test.each<{ name: string; call: (client: DynamoDB) => Promise<unknown>; message: RegExp; code?: string }>([
  {
    name: 'an item over 400 KB',
    call: (client) => client.putItem({ TableName, Item: { ...Key, big: { S: 'x'.repeat(400 * 1024) } } }),
    message: /Item size has exceeded the maximum allowed size/,
  },
  {
    name: 'an item that an update makes too large',
    call: (client) =>
      client.updateItem({
        TableName,
        Key,
        UpdateExpression: 'SET a = :v, b = :v',
        ExpressionAttributeValues: { ':v': { S: 'x'.repeat(205 * 1024) } },
      }),
    message: /Item size to update has exceeded the maximum allowed size/,
  },
  {
    name: 'an item without its key',
    call: (client) => client.putItem({ TableName, Item: { other: { S: 'x' } } }),
    message: /Missing the key id in the item/,
  },
  {
    name: 'an empty key',
    call: (client) => client.putItem({ TableName, Item: { id: { S: '' } } }),
    message: /cannot contain an empty string value. Key: id/,
  },
  {
    name: 'a key of another type',
    call: (client) => client.getItem({ TableName, Key: { id: { N: '1' } } }),
    message: /The provided key element does not match the schema/,
  },
  {
    name: 'a number of 39 digits',
    call: (client) => client.putItem({ TableName, Item: { ...Key, n: { N: '1'.repeat(39) } } }),
    message: /more than 38 significant digits/,
  },
  {
    name: 'a reserved word',
    call: (client) => client.updateItem({ TableName, Key, UpdateExpression: 'REMOVE status' }),
    message: /reserved keyword: status/,
  },
  {
    name: 'a value that is not used',
    call: (client) =>
      client.putItem({
        TableName,
        Item: Key,
        ConditionExpression: 'attribute_exists(id)',
        ExpressionAttributeValues: { ':x': { N: '1' } },
      }),
    message: /unused in expressions: keys: {:x}/,
  },
  {
    name: 'a sum with what is no number',
    call: (client) =>
      client.updateItem({
        TableName,
        Key,
        UpdateExpression: 'SET tally = subtally + :n',
        ExpressionAttributeValues: { ':n': { N: '1' } },
      }),
    message: /refers to an attribute that does not exist in the item/,
  },
  {
    name: 'a change of the key',
    call: (client) =>
      client.updateItem({
        TableName,
        Key,
        UpdateExpression: 'SET id = :v',
        ExpressionAttributeValues: { ':v': { S: 'b' } },
      }),
    message: /Cannot update attribute id. This attribute is part of the key/,
  },
  {
    name: 'a batch with an item twice',
    call: (client) =>
      client.batchWriteItem({
        RequestItems: { [TableName]: [{ PutRequest: { Item: Key } }, { DeleteRequest: { Key } }] },
      }),
    message: /Provided list of item keys contains duplicates/,
  },
  {
    name: 'a table that is not there',
    call: (client) => client.getItem({ TableName: 'nothing', Key }),
    message: /Requested resource not found/,
    code: 'ResourceNotFoundException',
  },
  {
    name: 'an operation that is not served',
    call: (client) => client.executeStatement({ Statement: 'SELECT * FROM orders' }),
    message: /ExecuteStatement is not served by this endpoint/,
    code: 'NotImplemented',
  },
])('refused: $name', async ({ call, message, code = 'ValidationException' }) => {
  const client = await connectWith();
  await expect(call(client)).rejects.toMatchObject({ name: code, message: expect.stringMatching(message) });
  expect((await client.scan({ TableName })).Items).toEqual([]);
});

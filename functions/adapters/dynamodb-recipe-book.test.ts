import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { beforeEach, expect, test } from 'vitest';
import { chocolateChip, sabayon } from '../domain/test-kitchen.ts';
import { documentsOf } from './aws-clients.ts';
import { recipeTable } from './contract.ts';
import { DynamoDbRecipeBook } from './dynamodb-recipe-book.ts';
import { createTable, useEndpoint } from './test-endpoint.ts';

const byName = {
  KeySchema: [{ AttributeName: recipeTable.partitionKey, KeyType: 'HASH' as const }],
  AttributeDefinitions: [{ AttributeName: recipeTable.partitionKey, AttributeType: 'S' as const }],
};

const endpoint = useEndpoint();
let tables = 0;
let now = 0;
let open: () => DynamoDbRecipeBook;

beforeEach(async () => {
  const TableName = `recipes-${++tables}`;
  const client = await createTable(endpoint(), { TableName, ...byName });
  open = () => new DynamoDbRecipeBook(documentsOf(client), TableName, { maxAgeMs: 1_000, now: () => now });
});

test('recipes are read as they were written, by name', async () => {
  const book = open();
  await book.write(sabayon);
  await book.write(chocolateChip);
  expect([...(await open().recipes())]).toEqual([
    ['chocolate-chip', chocolateChip],
    ['sabayon', sabayon],
  ]);
});

test('a change shows when what was read has come of age, not before', async () => {
  const book = open();
  await book.write(sabayon);
  expect((await book.recipes()).size).toBe(1);
  await book.strikeOut('sabayon');
  now += 999;
  expect((await book.recipes()).size).toBe(1);
  now += 1;
  expect((await book.recipes()).size).toBe(0);
});

test('striking out a recipe that is not there is as good', async () => {
  await expect(open().strikeOut('haggis')).resolves.toBeUndefined();
});

test('a reading that failed is not remembered', async () => {
  const book = new DynamoDbRecipeBook(documentsOf(new DynamoDBClient(endpoint())), 'late-book', { now: () => now });
  await expect(book.recipes()).rejects.toThrow();
  await createTable(endpoint(), { TableName: 'late-book', ...byName });
  expect((await book.recipes()).size).toBe(0);
});

import type { BatchWriteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { beforeEach, expect, test } from 'vitest';
import type { BakedNotice } from '../domain/satisfaction.ts';
import { satisfactionTable } from './contract.ts';
import { documentsOf } from './dynamodb-client.ts';
import { DynamoDbSatisfactionStore } from './dynamodb-satisfaction-store.ts';
import { allPages, createTable, useEndpoint } from './endpoint.fixture.ts';
import { loseAnswer } from './lost-answers.fixture.ts';

const endpoint = useEndpoint();
let client: DynamoDBClient;
let store: DynamoDbSatisfactionStore;
let tables = 0;

beforeEach(async () => {
  const TableName = `satisfaction-${++tables}`;
  client = await createTable(endpoint(), {
    TableName,
    KeySchema: [{ AttributeName: satisfactionTable.partitionKey, KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: satisfactionTable.partitionKey, AttributeType: 'S' }],
  });
  store = new DynamoDbSatisfactionStore(documentsOf(client), TableName);
});

const notice = (eventId: string): BakedNotice => ({
  eventId,
  orderId: `order of ${eventId}`,
  items: [{ recipe: 'sabayon', quantity: 2 }],
  bakedAt: '2026-11-23T08:00:00.000Z',
  waitMs: 90,
});
const notices = (count: number) => Array.from({ length: count }, (_, i) => notice(String(i)));

async function kept(): Promise<BakedNotice[]> {
  const pages = await allPages(store.pages());
  return pages.flat().sort((one, other) => Number(one.eventId) - Number(other.eventId));
}

/** Has the table write only the first `most` of every batch, as it does when it is asked for too much. */
function throttle(most: number): { readonly calls: () => number } {
  let calls = 0;
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (commandName !== 'BatchWriteItemCommand') {
          return await next(args);
        }
        const { RequestItems = {} } = args.input as BatchWriteItemCommand['input'];
        calls += 1;
        const [[table, writes = []] = ['']] = Object.entries(RequestItems);
        const undone = writes.slice(most);
        const result = await next({ ...args, input: { RequestItems: { [table]: writes.slice(0, most) } } });
        return {
          ...result,
          output: { ...result.output, UnprocessedItems: undone.length > 0 ? { [table]: undone } : {} },
        };
      },
    { step: 'initialize', priority: 'low' },
  );
  return { calls: () => calls };
}

test('notices are kept as they are, however many there are', async () => {
  await store.keep(notices(60));
  expect(await kept()).toEqual(notices(60));
});

test('no notices are no call', async () => {
  const { calls } = throttle(0);
  await store.keep([]);
  expect(calls()).toBe(0);
});

test('a notice that comes twice is kept once, in one go or in two', async () => {
  await store.keep([notice('1'), notice('2'), notice('1')]);
  await store.keep([notice('2'), notice('1')]);
  expect(await kept()).toEqual([notice('1'), notice('2')]);
});

test('what the table leaves undone is tried again until it is done', async () => {
  const { calls } = throttle(10);
  await store.keep(notices(30));
  expect(calls()).toBe(4);
  expect(await kept()).toEqual(notices(30));
});

test('notices whose answer was lost are kept once', async () => {
  loseAnswer(client, 'BatchWriteItemCommand');
  await store.keep(notices(3));
  expect(await kept()).toEqual(notices(3));
});

import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { WireRequest } from '../../wire/http.ts';
import { internalCall } from '../../wire/operation.ts';
import { start, trays } from './dynamodb.fixture.ts';

/** Whatever is done to a table, its queries answer as a plain map would. */

const TableName = 'trays';
const ovens = ['a', 'b'];
const recipes = ['sabayon', 'tuile'];
const oven = fc.constantFrom(...ovens);
const tray = fc.constantFrom(-1.5, -1, 0, 0.5, 2, 10);
const recipe = fc.constantFrom(...recipes);

type Write =
  | { readonly do: 'put'; readonly oven: string; readonly tray: number; readonly recipe: string | undefined }
  | { readonly do: 'move'; readonly oven: string; readonly tray: number; readonly recipe: string }
  | { readonly do: 'clear' | 'delete'; readonly oven: string; readonly tray: number };

const write: fc.Arbitrary<Write> = fc.oneof(
  fc.record({ do: fc.constant('put' as const), oven, tray, recipe: fc.option(recipe, { nil: undefined }) }),
  fc.record({ do: fc.constant('move' as const), oven, tray, recipe }),
  fc.record({ do: fc.constantFrom('clear' as const, 'delete' as const), oven, tray }),
);

type Item = Record<string, AttributeValue>;
type Call = (operation: string, request: object) => Promise<{ Items?: Item[]; LastEvaluatedKey?: Item }>;

/** The service as the gateway calls it, without the wire between. */
function startTrays(): Call {
  const { service, operations } = start();
  operations.CreateTable(trays);
  return async (operation, request) => {
    const message: WireRequest = {
      method: 'POST',
      path: '/',
      search: '',
      query: new URLSearchParams(),
      headers: {},
      body: Buffer.from(JSON.stringify({ TableName, ...request })),
    };
    const answer = await service.mounted?.(operation, message, internalCall());
    expect(answer?.status).toBe(200);
    return JSON.parse(String(answer?.body));
  };
}

async function readAll(call: Call, query: object): Promise<Item[]> {
  const items: Item[] = [];
  let start: Item | undefined;
  do {
    const page = await call('Query', { ...query, Limit: 2, ...(start && { ExclusiveStartKey: start }) });
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start);
  return items;
}

const keyOf = (write: Write) => ({ oven: { S: write.oven }, tray: { N: `${write.tray}` } });

function apply(call: Call, write: Write): Promise<unknown> {
  const Key = keyOf(write);
  switch (write.do) {
    case 'put':
      return call('PutItem', { Item: { ...Key, ...(write.recipe && { recipe: { S: write.recipe } }) } });
    case 'move': {
      const ExpressionAttributeValues = { ':r': { S: write.recipe } };
      return call('UpdateItem', { Key, UpdateExpression: 'SET recipe = :r', ExpressionAttributeValues });
    }
    case 'clear':
      return call('UpdateItem', { Key, UpdateExpression: 'REMOVE recipe' });
    case 'delete':
      return call('DeleteItem', { Key });
  }
}

function applyToModel(model: Map<string, Item>, write: Write): void {
  const key = keyOf(write);
  const name = `${write.oven} ${write.tray}`;
  if (write.do === 'delete') {
    model.delete(name);
  } else {
    model.set(name, 'recipe' in write && write.recipe ? { ...key, recipe: { S: write.recipe } } : key);
  }
}

const byTray = (a: Item, b: Item) => Number(a['tray']?.N) - Number(b['tray']?.N);
const byKey = (a: Item, b: Item) => `${a['oven']?.S}`.localeCompare(`${b['oven']?.S}`) || byTray(a, b);

test('queries of a table and its index answer as a map would', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(write, { maxLength: 40 }), fc.boolean(), async (writes, ScanIndexForward) => {
      const call = startTrays();
      const model = new Map<string, Item>();
      for (const one of writes) {
        await apply(call, one);
        applyToModel(model, one);
      }
      for (const S of ovens) {
        const query = { KeyConditionExpression: 'oven = :o', ExpressionAttributeValues: { ':o': { S } } };
        const expected = [...model.values()].filter((item) => item['oven']?.S === S).sort(byTray);
        expect(await readAll(call, { ...query, ScanIndexForward })).toEqual(
          ScanIndexForward ? expected : expected.reverse(),
        );
      }
      for (const S of recipes) {
        const query = { KeyConditionExpression: 'recipe = :r', ExpressionAttributeValues: { ':r': { S } } };
        const found = await readAll(call, { ...query, IndexName: 'by-recipe', ScanIndexForward });
        const expected = [...model.values()].filter((item) => item['recipe']?.S === S);
        expect(found.sort(byKey)).toEqual(expected.sort(byKey));
      }
    }),
    { numRuns: 150 },
  );
});

import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { connect, orders } from '../dynamodb.fixture.ts';

const TableName = 'orders';
const bytes = (...of: number[]): AttributeValue => ({ B: Uint8Array.from(of) });

const item: Record<string, AttributeValue> = {
  id: { S: '1' },
  text: { S: 'chocolate-chip' },
  bytes: bytes(1, 200, 3),
  set: { SS: ['a', 'b'] },
  numbers: { NS: ['1', '2'] },
  list: { L: [{ S: 'a' }] },
  number: { N: '5' },
};

/** What comparisons say of the item, by the expression and by the older conditions that stand for it. */
test.each<[expression: string, operator: string, attribute: string, value: AttributeValue, holds: boolean]>([
  ['contains(#a, :v)', 'CONTAINS', 'text', { S: 'late-' }, true],
  ['contains(#a, :v)', 'CONTAINS', 'text', { S: 'latte' }, false],
  ['contains(#a, :v)', 'CONTAINS', 'bytes', bytes(200, 3), true],
  ['contains(#a, :v)', 'CONTAINS', 'bytes', bytes(201, 3), false],
  ['contains(#a, :v)', 'CONTAINS', 'set', { S: 'b' }, true],
  ['contains(#a, :v)', 'CONTAINS', 'list', { S: 'a' }, true],
  ['contains(#a, :v)', 'CONTAINS', 'missing', { S: 'a' }, false],
  ['NOT contains(#a, :v)', 'NOT_CONTAINS', 'text', { S: 'latte' }, true],
  ['#a = :v', 'EQ', 'set', { SS: ['b', 'a'] }, true],
  ['#a = :v', 'EQ', 'set', { SS: ['b', 'c'] }, false],
  ['#a = :v', 'EQ', 'set', { SS: ['a', 'b', 'c'] }, false],
  ['#a = :v', 'EQ', 'numbers', { NS: ['2', '1'] }, true],
  ['#a <> :v', 'NE', 'set', { SS: ['b', 'a'] }, false],
  ['#a <> :v', 'NE', 'missing', { S: 'a' }, true],
  ['#a IN (:v)', 'IN', 'number', { N: '5' }, true],
  ['#a > :v', 'GT', 'number', { N: '4' }, true],
  ['begins_with(#a, :v)', 'BEGINS_WITH', 'text', { S: 'choc' }, true],
])('%s, or %s, of %s', async (FilterExpression, ComparisonOperator, attribute, value, holds) => {
  const dynamodb = await connect();
  await dynamodb.createTable(orders);
  await dynamodb.putItem({ TableName, Item: item });
  const names = { ExpressionAttributeNames: { '#a': attribute }, ExpressionAttributeValues: { ':v': value } };
  const legacy = { [attribute]: { ComparisonOperator, AttributeValueList: [value] } } as const;
  const scans = [
    await dynamodb.scan({ TableName, FilterExpression, ...names }),
    await dynamodb.scan({ TableName, ScanFilter: legacy as never }),
  ];
  expect(scans.map(({ Count }) => Count)).toEqual(holds ? [1, 1] : [0, 0]);
  const put = { TableName, Item: item };
  for (const condition of [{ ConditionExpression: FilterExpression, ...names }, { Expected: legacy as never }]) {
    const written = await dynamodb.putItem({ ...put, ...condition }).catch(({ name }) => name);
    expect(written === 'ConditionalCheckFailedException').toBe(!holds);
  }
});

test('one of the older conditions is enough where the operator is OR', async () => {
  const dynamodb = await connect();
  await dynamodb.createTable(orders);
  await dynamodb.putItem({ TableName, Item: item });
  const ScanFilter = {
    text: { ComparisonOperator: 'CONTAINS', AttributeValueList: [{ S: 'latte' }] },
    number: { ComparisonOperator: 'EQ', AttributeValueList: [{ N: '5' }] },
  } as never;
  const counts = async (ConditionalOperator: 'AND' | 'OR') =>
    (await dynamodb.scan({ TableName, ScanFilter, ConditionalOperator })).Count;
  expect([await counts('AND'), await counts('OR')]).toEqual([0, 1]);
});

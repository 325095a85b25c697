import * as batchGetItem from 'dynalite/validations/batchGetItem.js';
import * as batchWriteItem from 'dynalite/validations/batchWriteItem.js';
import { checkTypes, checkValidations } from 'dynalite/validations/index.js';
import * as putItem from 'dynalite/validations/putItem.js';
import * as query from 'dynalite/validations/query.js';
import * as updateItem from 'dynalite/validations/updateItem.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainRequest } from './plain-request.ts';

const operations = { batchGetItem, batchWriteItem, putItem, query, updateItem };
const key = { id: { S: 'a' } };

const plain = {
  putItem: { TableName: 'orders', Item: { ...key, at: { N: '1' }, list: { L: [{ M: {} }, { NULL: true }] } } },
  updateItem: {
    TableName: 'orders',
    Key: key,
    UpdateExpression: 'SET #a = :a',
    ExpressionAttributeNames: { '#a': 'a' },
    ExpressionAttributeValues: { ':a': { SS: ['x'] } },
    ReturnValues: 'ALL_NEW',
    Expected: { a: { ComparisonOperator: 'EQ', AttributeValueList: [{ S: 'x' }] } },
  },
  query: { TableName: 'orders', IndexName: 'by-time', Limit: 10, ScanIndexForward: false, Select: 'COUNT' },
  batchWriteItem: { RequestItems: { orders: [{ PutRequest: { Item: key } }, { DeleteRequest: { Key: key } }] } },
  batchGetItem: { RequestItems: { orders: { Keys: [key], ConsistentRead: true } } },
} satisfies Record<keyof typeof operations, object>;

const names = Object.keys(operations) as (keyof typeof operations)[];

test.each(names)('a usual request of %s is plain', (name) => {
  expect(plainRequest(operations[name].types)(plain[name])).toBe(true);
});

/** What dynalite would find, and what it would make of the request. */
function checked(name: keyof typeof operations, request: object): unknown {
  const { types } = operations[name];
  const prepared = checkTypes(structuredClone(request), types);
  checkValidations(prepared, types, undefined, {});
  return prepared;
}

/** Puts something else in the place of a random part of a request. */
const spoilt = (value: unknown): fc.Arbitrary<unknown> => {
  const other = fc.constantFrom<unknown>(null, '', 'x'.repeat(300), 0, 1.5, true, [], {}, [null], { B: 'YQ==' }, -1);
  if (typeof value !== 'object' || value === null) {
    return other;
  }
  const parts = Object.keys(value).map((part) =>
    spoilt((value as Record<string, unknown>)[part]).map((spoiltPart) =>
      Array.isArray(value)
        ? value.map((element, i) => (String(i) === part ? spoiltPart : element))
        : { ...value, [part]: spoiltPart },
    ),
  );
  return fc.oneof(
    other,
    other.map((added) => ({ ...value, Added: added })),
    ...parts,
  );
};

test.each(names)('dynalite has nothing to say of a plain request of %s, and leaves it as it is', (name) => {
  const isPlain = plainRequest(operations[name].types);
  fc.assert(
    fc.property(spoilt(plain[name]), (request) => {
      fc.pre(typeof request === 'object' && request !== null && !Array.isArray(request));
      if (isPlain(request as Record<string, unknown>)) {
        expect(checked(name, request)).toEqual(request);
      }
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['a null', { TableName: 'orders', Item: key, ReturnValues: null }],
  ['a member that the operation does not know', { TableName: 'orders', Item: key, Foo: 1 }],
  ['bytes', { TableName: 'orders', Item: { ...key, bytes: { B: 'YQ==' } } }],
  ['no item', { TableName: 'orders' }],
  ['the name of a prototype', { TableName: 'orders', Item: JSON.parse('{"__proto__":{"S":"a"}}') as object }],
])('a request with %s is not plain', (_what, request) => {
  expect(plainRequest(putItem.types)(request)).toBe(false);
});

import './expression/expression-cache.ts';
import batchGetItem from 'dynalite/actions/batchGetItem.js';
import batchWriteItem from 'dynalite/actions/batchWriteItem.js';
import deleteItem from 'dynalite/actions/deleteItem.js';
import getItem from 'dynalite/actions/getItem.js';
import putItem from 'dynalite/actions/putItem.js';
import query from 'dynalite/actions/query.js';
import scan from 'dynalite/actions/scan.js';
import updateItem from 'dynalite/actions/updateItem.js';
import { validateItem, validateKey } from 'dynalite/db/index.js';
import * as batchGetItemRules from 'dynalite/validations/batchGetItem.js';
import * as batchWriteItemRules from 'dynalite/validations/batchWriteItem.js';
import * as deleteItemRules from 'dynalite/validations/deleteItem.js';
import * as getItemRules from 'dynalite/validations/getItem.js';
import { checkTypes, checkValidations } from 'dynalite/validations/index.js';
import * as putItemRules from 'dynalite/validations/putItem.js';
import * as queryRules from 'dynalite/validations/query.js';
import * as scanRules from 'dynalite/validations/scan.js';
import * as updateItemRules from 'dynalite/validations/updateItem.js';
import { codeOf, ItemError, isItemError } from './errors.ts';
import { withLinearComparisons } from './expression/comparisons.ts';
import { assertExpressions, assertOperands, type ParsedNode } from './expression/expression-limits.ts';
import { settleOperands } from './expression/update-operands.ts';
import { readUnitsOf, writeUnitsOf } from './item/capacity.ts';
import type { Item, Message } from './item/item.ts';
import { createKey } from './item/item-key.ts';
import { assertKeys } from './item/key-values.ts';
import { assertNesting } from './item/nesting.ts';
import { WriteUnits } from './item/write-units.ts';
import { itemCollectionMetrics } from './item-collection.ts';
import { ItemStore } from './item-store.ts';
import { plainRequest } from './plain-request.ts';
import { assertReadable } from './read-rules.ts';
import type { Tables } from './table/tables.ts';
import { asTheyWereNamed, withTableNames } from './table-name.ts';

/** What dynalite brings for an operation: what it does, and what it holds its input against. */
const operation = (action: typeof getItem, { types, custom }: typeof getItemRules) => ({
  action,
  types,
  custom,
  isPlain: plainRequest(types),
});

const dynalite = {
  BatchGetItem: operation(batchGetItem, batchGetItemRules),
  BatchWriteItem: operation(batchWriteItem, batchWriteItemRules),
  DeleteItem: operation(deleteItem, deleteItemRules),
  GetItem: operation(getItem, getItemRules),
  PutItem: operation(putItem, putItemRules),
  Query: operation(query, queryRules),
  Scan: operation(scan, scanRules),
  UpdateItem: operation(updateItem, updateItemRules),
};

/** For a request that has been held against its types already. */
const noTypes = {};

export type ItemOperation = keyof typeof dynalite;

export const isItemOperation = (operation: string): operation is ItemOperation => Object.hasOwn(dynalite, operation);

/**
 * Checks a request by dynalite's rules and parses its expressions. Takes the request apart.
 * @throws an error that `isItemError` knows
 */
export function prepare(operation: ItemOperation, request: Message, tables: Tables): Message {
  const named = withTableNames(request);
  assertNesting(named);
  assertExpressions(named);
  for (const table of Object.values(namedTables(named))) {
    assertExpressions(table);
  }
  const prepared = held(operation, named, tables);
  const schemaOf = (table: string) => tables.find(table)?.schema;
  for (const [name, member] of parsedConditions) {
    const parsed = prepared[member] as { readonly expression: ParsedNode } | undefined;
    if (parsed) {
      assertOperands(name, parsed.expression);
    }
  }
  assertKeys(prepared, schemaOf);
  if (operation === 'Query' || operation === 'Scan') {
    assertReadable(operation, prepared, schemaOf(String(prepared['TableName'])));
  }
  return withLinearComparisons(prepared);
}

/** The members of a request that the operation knows, held against their types and constraints, with its expressions parsed. */
function held(operation: ItemOperation, request: Message, tables: Tables): Record<string, unknown> {
  const { types, custom, isPlain } = dynalite[operation];
  const known = knownTo(types, request);
  const plain = isPlain(known);
  const prepared: Record<string, unknown> = {
    ...(plain ? known : checkTypes(known, types)),
    // dynalite knows no consistent scans, and leaves out what it does not know.
    ...(operation === 'Scan' && { ConsistentRead: request['ConsistentRead'] }),
  };
  checkValidations(prepared, plain ? noTypes : types, custom, new ItemStore(tables));
  return prepared;
}

function knownTo(types: object, request: Message): Message {
  const known: Record<string, unknown> = {};
  for (const name in request) {
    if (Object.hasOwn(types, name) && request[name] !== null) {
      known[name] = request[name];
    }
  }
  return known;
}

/** Where dynalite leaves what it parsed of each expression. */
const parsedConditions = [
  ['ConditionExpression', '_condition'],
  ['FilterExpression', '_filter'],
] as const;

/** What a batch of reads asks of each table. */
function namedTables({ RequestItems }: Message): Readonly<Record<string, Message>> {
  return typeof RequestItems === 'object' && RequestItems !== null
    ? Object.fromEntries(Object.entries(RequestItems).filter(([, table]) => table))
    : {};
}

export type Done = (error: unknown, answer?: Message) => void;

/** Runs what has been prepared. A write, and a read of one item, is done when this returns. */
export function run(operation: ItemOperation, prepared: Message, tables: Tables, done: Done): void {
  if (operation === 'UpdateItem') {
    settleOperands(prepared, existingItem(prepared, tables));
  }
  const { ExclusiveStartKey, ReturnConsumedCapacity: asked = 'NONE' } = prepared;
  const units = asked === 'NONE' || reads.has(operation) ? undefined : new WriteUnits();
  const store = new ItemStore(tables, ExclusiveStartKey as Item | undefined, units);
  dynalite[operation].action(store, prepared, (error, answer) => done(error, answer && told(answer, units, prepared)));
}

/** What dynalite answers, with the capacity of indexes counted, and without attributes where there are none. */
function told(
  answer: Message,
  units: WriteUnits | undefined,
  { ReturnConsumedCapacity, RequestItems }: Message,
): Message {
  const { Attributes, ...rest } = answer;
  const capacity = units?.describe(ReturnConsumedCapacity);
  return {
    ...rest,
    ...(Attributes !== undefined && Object.keys(Attributes as object).length > 0 && { Attributes }),
    ...(capacity && { ConsumedCapacity: RequestItems === undefined ? capacity[0] : capacity }),
  };
}

/**
 * Serves a request; a failed condition carries the item that failed it, where the request asks for that.
 * @throws an error that `isItemError` knows
 */
export function serveItems(operation: ItemOperation, request: Message, tables: Tables): Promise<Message> {
  const { ReturnValuesOnConditionCheckFailure } = request;
  const prepared = prepare(operation, request, tables);
  const { promise, resolve, reject } = Promise.withResolvers<Message>();
  if (reads.has(operation)) {
    countRead(operation, prepared, tables, (error, answer = {}) =>
      error ? reject(error) : resolve(asTheyWereNamed(answer, request)),
    );
    return promise;
  }
  run(operation, prepared, tables, (error, answer = {}) => {
    // A write whose condition fails is billed like one that does not ("Condition expressions").
    if (isFailedCondition(error)) {
      tables.consumed.writeUnits += writeUnitsOf(existingItem(prepared, tables), undefined);
    }
    if (!error) {
      const metrics = itemCollectionMetrics(prepared, tables);
      resolve(asTheyWereNamed(metrics ? { ...answer, ...metrics } : answer, request));
    } else if (ReturnValuesOnConditionCheckFailure === 'ALL_OLD') {
      reject(withItem(error, existingItem(prepared, tables)));
    } else {
      reject(error);
    }
  });
  return promise;
}

const reads: ReadonlySet<ItemOperation> = new Set(['BatchGetItem', 'GetItem', 'Query', 'Scan']);

/** Reads, and counts what it takes, which the answer tells only where that was asked for. */
function countRead(operation: ItemOperation, prepared: Message, tables: Tables, done: Done): void {
  const { ReturnConsumedCapacity: asked = 'NONE' } = prepared;
  const counted = asked === 'NONE' ? { ...prepared, ReturnConsumedCapacity: 'TOTAL' } : prepared;
  run(operation, counted, tables, (error, answer = {}) => {
    tables.consumed.readUnits += readUnitsOf(answer, prepared['ConsistentRead'] === true);
    const { ConsumedCapacity, ...rest } = answer;
    done(error, asked === 'NONE' ? rest : answer);
  });
}

export const isFailedCondition = (error: unknown): error is Pick<ItemError, 'statusCode' | 'body'> =>
  isItemError(error) && codeOf(error) === 'ConditionalCheckFailedException';

function withItem(error: unknown, Item: Item | undefined): unknown {
  return isFailedCondition(error) ? new ItemError(codeOf(error), { ...error.body, Item }) : error;
}

/** The item that a prepared write is about, as it is; undefined too where the request names none that can be. */
export function existingItem({ TableName, Item, Key }: Message, tables: Tables): Item | undefined {
  const table = tables.find(String(TableName));
  const key = (Key ?? Item) as Item;
  const invalid = table && (Key ? validateKey(key, table.schema) : validateItem(key, table.schema));
  return table && !invalid ? table.items.get(createKey(key, table.schema)) : undefined;
}

import './expression/expression-cache.ts';
import batchGetItem from 'dynalite/actions/batchGetItem.js';
import batchWriteItem from 'dynalite/actions/batchWriteItem.js';
import deleteItem from 'dynalite/actions/deleteItem.js';
import getItem from 'dynalite/actions/getItem.js';
import putItem from 'dynalite/actions/putItem.js';
import query from 'dynalite/actions/query.js';
import scan from 'dynalite/actions/scan.js';
import updateItem from 'dynalite/actions/updateItem.js';
import { createKey, validateItem, validateKey } from 'dynalite/db/index.js';
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
import { assertExpressions } from './expression/expression-limits.ts';
import { settleOperands } from './expression/update-operands.ts';
import { readUnitsOf, writeUnitsOf } from './item/capacity.ts';
import type { Item, Message } from './item/item.ts';
import { assertNesting } from './item/nesting.ts';
import { ItemStore } from './item-store.ts';
import type { Tables } from './table/tables.ts';
import { tableNameOf } from './table-name.ts';

/** The operations that are dynalite's, with what each holds its input against. */
const dynalite = {
  BatchGetItem: { action: batchGetItem, rules: batchGetItemRules },
  BatchWriteItem: { action: batchWriteItem, rules: batchWriteItemRules },
  DeleteItem: { action: deleteItem, rules: deleteItemRules },
  GetItem: { action: getItem, rules: getItemRules },
  PutItem: { action: putItem, rules: putItemRules },
  Query: { action: query, rules: queryRules },
  Scan: { action: scan, rules: scanRules },
  UpdateItem: { action: updateItem, rules: updateItemRules },
};

export type ItemOperation = keyof typeof dynalite;

export const isItemOperation = (operation: string): operation is ItemOperation => Object.hasOwn(dynalite, operation);

/**
 * Checks a request by dynalite's rules and parses its expressions. Takes the request apart.
 * @throws an error that `isItemError` knows
 */
export function prepare(operation: ItemOperation, request: Message, tables: Tables): Message {
  const { types, custom } = dynalite[operation].rules;
  const { TableName } = request;
  const named = typeof TableName === 'string' ? { ...request, TableName: tableNameOf(TableName) } : { ...request };
  assertNesting(named);
  assertExpressions(named);
  for (const table of Object.values(namedTables(named))) {
    assertExpressions(table);
  }
  const prepared = checkTypes(named, types);
  checkValidations(prepared, types, custom, new ItemStore(tables));
  return withLinearComparisons(prepared);
}

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
  const store = new ItemStore(tables, prepared['ExclusiveStartKey'] as Item | undefined);
  dynalite[operation].action(store, prepared, done);
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
    countRead(operation, prepared, tables, (error, answer) => (error ? reject(error) : resolve(answer ?? {})));
    return promise;
  }
  run(operation, prepared, tables, (error, answer = {}) => {
    // A write whose condition fails is billed like one that does not ("Condition expressions").
    if (isFailedCondition(error)) {
      tables.consumed.writeUnits += writeUnitsOf(existingItem(prepared, tables), undefined);
    }
    if (!error) {
      resolve(answer);
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

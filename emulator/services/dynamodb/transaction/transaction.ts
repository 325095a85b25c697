import { validateItem, validateKey } from 'dynalite/db/index.js';
import { AwsError } from '../../../wire/operation.ts';
import { codeOf, ItemError, isItemError, resourceNotFound, validationException } from '../errors.ts';
import type { Item, Message } from '../item/item.ts';
import { createKey } from '../item/item-key.ts';
import { itemSize } from '../item/item-size.ts';
import { isFailedCondition } from '../item-operations.ts';
import type { Tables } from '../table/tables.ts';

/** A transaction has 100 actions at the most. */
const maxActions = 100;

/** What became of one action of a transaction that was cancelled. */
interface CancellationReason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: Item | undefined;
}

/** @throws SerializationException, ValidationException */
export function actionsOf({ TransactItems: actions }: Message): readonly Message[] {
  const constraint = "at 'transactItems' failed to satisfy constraint: Member must";
  if (actions === undefined || actions === null) {
    throw validationException(`1 validation error detected: Value null ${constraint} not be null`);
  }
  if (!Array.isArray(actions)) {
    throw new AwsError('SerializationException', 'Unexpected field type');
  }
  if (!actions.every(isStructure)) {
    throw new AwsError('SerializationException', 'Expected structure or null');
  }
  if (actions.length < 1 || actions.length > maxActions) {
    const bound = actions.length < 1 ? 'greater than or equal to 1' : `less than or equal to ${maxActions}`;
    throw validationException(
      `1 validation error detected: Value of ${actions.length} ${constraint} have length ${bound}`,
    );
  }
  return actions;
}

const isStructure = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Holds that the tables are there, and that no two actions are about the same item.
 * @throws ResourceNotFoundException, ValidationException
 */
export function assertDistinct(prepared: readonly Message[], tables: Tables): void {
  const seen = new Set<string>();
  for (const { TableName, Item, Key } of prepared) {
    const table = tables.find(String(TableName));
    if (!table) {
      throw resourceNotFound('Requested resource not found');
    }
    const item = (Key ?? Item) as Item;
    // What is no key of the table is a reason to cancel, and found out when the action is run.
    if (Key ? validateKey(item, table.schema) : validateItem(item, table.schema)) {
      continue;
    }
    const target = `${table.name}/${createKey(item, table.schema)}`;
    if (seen.has(target)) {
      throw validationException('Transaction request cannot include multiple operations on one item');
    }
    seen.add(target);
  }
}

/** @throws what is not an answer to the caller */
export function reasonOf(error: unknown, item: Item | undefined): CancellationReason {
  if (!error) {
    return { Code: 'None' };
  }
  if (isFailedCondition(error)) {
    return { Code: 'ConditionalCheckFailed', Message: String(error.body['message']), ...(item && { Item: item }) };
  }
  if (!isItemError(error) || codeOf(error) !== 'ValidationException') {
    throw error;
  }
  return { Code: 'ValidationError', Message: String(error.body['message']) };
}

/** As many items of 400 KB are within the limit. */
const fewItems = 10;
/** Bytes of all items of a transaction ("Amazon DynamoDB Transactions: How it works"). */
const sizeLimit = 4 * 1024 * 1024;

/** @throws ValidationException where the items of a transaction take more than 4 MB together */
export function assertSize(items: readonly (Item | undefined)[]): void {
  if (items.length <= fewItems) {
    return;
  }
  const bytes = items.reduce((sum, item) => sum + (item ? itemSize(item) : 0), 0);
  if (bytes > sizeLimit) {
    throw validationException('Transaction request cannot exceed 4 MB: the aggregate size of its items is larger');
  }
}

/** @throws TransactionCanceledException if there is a reason to */
export function assertNotCancelled(CancellationReasons: readonly CancellationReason[]): void {
  const codes = CancellationReasons.map(({ Code }) => Code);
  if (codes.every((code) => code === 'None')) {
    return;
  }
  const Message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes.join(', ')}]`;
  throw new ItemError('TransactionCanceledException', { CancellationReasons, Message });
}

/** What an action used by itself, as it was answered. */
interface Used {
  readonly TableName: string;
  readonly CapacityUnits: number;
  readonly Table?: { readonly CapacityUnits: number };
  readonly GlobalSecondaryIndexes?: ByIndex | undefined;
  readonly LocalSecondaryIndexes?: ByIndex | undefined;
}

type ByIndex = Readonly<Record<string, { readonly CapacityUnits: number }>>;

/** What a transaction used, by table: twice what the same calls use by themselves. */
export function consumedCapacity(
  { ReturnConsumedCapacity: asked }: Message,
  answers: readonly Message[],
  kind: 'ReadCapacityUnits' | 'WriteCapacityUnits',
): Message {
  if (asked !== 'TOTAL' && asked !== 'INDEXES') {
    return {};
  }
  const byTable = Map.groupBy(
    answers.map(({ ConsumedCapacity }) => ConsumedCapacity as Used),
    ({ TableName }) => TableName,
  );
  const twice = (units: readonly number[]) => {
    const CapacityUnits = 2 * units.reduce((sum, one) => sum + one, 0);
    return { CapacityUnits, [kind]: CapacityUnits };
  };
  const ofIndexes = (used: readonly (ByIndex | undefined)[]) => {
    const units = Map.groupBy(
      used.flatMap((indexes = {}) => Object.entries(indexes)),
      ([name]) => name,
    );
    const described = [...units].map(([name, ofIndex]) => [name, twice(ofIndex.map(([, one]) => one.CapacityUnits))]);
    return described.length > 0 ? Object.fromEntries(described) : undefined;
  };
  const ConsumedCapacity = [...byTable].map(([TableName, used]) => ({
    TableName,
    ...twice(used.map(({ CapacityUnits }) => CapacityUnits)),
    ...(asked === 'INDEXES' && {
      Table: twice(used.map(({ Table, CapacityUnits }) => Table?.CapacityUnits ?? CapacityUnits)),
      GlobalSecondaryIndexes: ofIndexes(used.map(({ GlobalSecondaryIndexes }) => GlobalSecondaryIndexes)),
      LocalSecondaryIndexes: ofIndexes(used.map(({ LocalSecondaryIndexes }) => LocalSecondaryIndexes)),
    }),
  }));
  return { ConsumedCapacity };
}

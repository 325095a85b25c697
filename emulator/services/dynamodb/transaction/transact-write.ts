import { createHash } from 'node:crypto';
import { IdempotentParameterMismatchException } from '@aws-sdk/client-dynamodb';
import { checkConditional, validateKey } from 'dynalite/db/index.js';
import { validationException } from '../errors.ts';
import { writeUnitsOf } from '../item/capacity.ts';
import type { Item, Message } from '../item/item.ts';
import { type Done, existingItem, type ItemOperation, isFailedCondition, prepare, run } from '../item-operations.ts';
import type { Tables } from '../table/tables.ts';
import { UndoLog } from '../table/undo-log.ts';
import {
  actionsOf,
  assertDistinct,
  assertNotCancelled,
  assertSize,
  consumedCapacity,
  reasonOf,
} from './transaction.ts';

/** The operation by whose rules an action is checked; a ConditionCheck is a DeleteItem that is not carried out. */
const operations = {
  ConditionCheck: 'DeleteItem',
  Delete: 'DeleteItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
} as const;
const kinds = Object.keys(operations) as (keyof typeof operations)[];

/** How long a `ClientRequestToken` is remembered. */
const tokenMs = 10 * 60 * 1000;

interface Action {
  readonly kind: keyof typeof operations;
  readonly operation: ItemOperation;
  readonly prepared: Message;
  /** Whether a failed condition is to be told with the item that failed it. */
  readonly returnsItem: boolean;
}

/**
 * TransactWriteItems: all actions, or none. A token makes a transaction that was carried out one that is carried out once.
 * Source: DynamoDB Developer Guide, "Amazon DynamoDB Transactions: How it works". Less than AWS: transactions never
 * conflict, because each is done in one go, and one that a token makes known takes no read units.
 */
export class TransactWrite {
  readonly #tables: Tables;
  /** The transactions that were carried out, the oldest first: what they were, and until when they are remembered. */
  readonly #done = new Map<string, { readonly digest: string; readonly until: number }>();

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  serve(request: Message): Message {
    const actions = actionsOf(request);
    const { ClientRequestToken: token } = request;
    const digest = createHash('sha256').update(JSON.stringify(actions)).digest('base64');
    if (typeof token === 'string' && this.#wasDone(token, digest)) {
      return {};
    }
    const { ReturnConsumedCapacity } = request;
    const answer = this.#carryOut(actions.map((action) => prepareAction(action, ReturnConsumedCapacity, this.#tables)));
    if (typeof token === 'string') {
      this.#done.set(token, { digest, until: Date.now() + tokenMs });
    }
    return consumedCapacity(request, answer, 'WriteCapacityUnits');
  }

  #wasDone(token: string, digest: string): boolean {
    for (const [old, { until }] of this.#done) {
      if (until > Date.now()) {
        break;
      }
      this.#done.delete(old);
    }
    const done = this.#done.get(token);
    if (done && done.digest !== digest) {
      const message = 'The request uses the same client token as a previous, but non-identical request.';
      throw new IdempotentParameterMismatchException({ message, $metadata: {} });
    }
    return done !== undefined;
  }

  #carryOut(actions: readonly Action[]): Message[] {
    assertDistinct(
      actions.map(({ prepared }) => prepared),
      this.#tables,
    );
    const log = new UndoLog();
    const tables = new Set(actions.map(({ prepared }) => this.#tables.get(String(prepared['TableName']))));
    for (const table of tables) {
      table.undoLog = log;
    }
    try {
      const answers: Message[] = [];
      const reasons = actions.map((action) => {
        let failure: unknown;
        const before = action.returnsItem ? existingItem(action.prepared, this.#tables) : undefined;
        this.#run(action, (error, answer = {}) => {
          failure = error;
          answers.push(answer);
        });
        return reasonOf(failure, before);
      });
      assertNotCancelled(reasons);
      assertSize(actions.map(({ prepared }) => existingItem(prepared, this.#tables)));
      log.tell();
      return answers;
    } catch (error) {
      log.undo();
      throw error;
    } finally {
      for (const table of tables) {
        table.undoLog = undefined;
      }
    }
  }

  #run({ kind, operation, prepared }: Action, done: Done): void {
    const unwrittenUnits = () => 2 * writeUnitsOf(existingItem(prepared, this.#tables), undefined);
    if (kind !== 'ConditionCheck') {
      run(operation, prepared, this.#tables, (error, answer) => {
        if (isFailedCondition(error)) {
          this.#tables.consumed.writeUnits += unwrittenUnits();
        }
        done(error, answer);
      });
      return;
    }
    const { schema } = this.#tables.get(String(prepared['TableName']));
    const failure =
      validateKey(prepared['Key'] as Item, schema) ?? checkConditional(prepared, existingItem(prepared, this.#tables));
    this.#tables.consumed.writeUnits += unwrittenUnits();
    const ConsumedCapacity = { TableName: schema.TableName, CapacityUnits: 1 };
    done(failure, { ConsumedCapacity });
  }
}

/** @throws ValidationException */
function prepareAction(action: Message, ReturnConsumedCapacity: unknown, tables: Tables): Action {
  const [kind, other] = kinds.filter((name) => action[name] !== undefined && action[name] !== null);
  if (!kind || other) {
    throw validationException('TransactItems can only contain one of Check, Put, Update or Delete');
  }
  const request = action[kind] as Message;
  const needed = kind === 'ConditionCheck' ? 'ConditionExpression' : kind === 'Update' ? 'UpdateExpression' : undefined;
  if (needed && request[needed] === undefined) {
    throw validationException(`The ${needed} parameter is required but was not present in the request`);
  }
  const { ReturnValuesOnConditionCheckFailure } = request;
  const operation = operations[kind];
  const prepared = prepare(operation, { ...request, ReturnConsumedCapacity }, tables);
  return { kind, operation, prepared, returnsItem: ReturnValuesOnConditionCheckFailure === 'ALL_OLD' };
}

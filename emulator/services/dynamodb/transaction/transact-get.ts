import { validationException } from '../errors.ts';
import { readUnitsOf } from '../item/capacity.ts';
import type { Item, Message } from '../item/item.ts';
import { prepare, run } from '../item-operations.ts';
import type { Tables } from '../table/tables.ts';
import {
  actionsOf,
  assertDistinct,
  assertNotCancelled,
  assertSize,
  consumedCapacity,
  reasonOf,
} from './transaction.ts';

/** TransactGetItems: items as they are at one moment. */
export function transactGet(request: Message, tables: Tables): Message {
  const prepared = actionsOf(request).map(({ Get }) => {
    if (!Get) {
      throw validationException('TransactItems can only contain Get');
    }
    return prepare('GetItem', { ...(Get as Message), ConsistentRead: true, ReturnConsumedCapacity: 'TOTAL' }, tables);
  });
  assertDistinct(prepared, tables);
  const answers: Message[] = [];
  const reasons = prepared.map((get) => {
    let failure: unknown;
    run('GetItem', get, tables, (error, answer = {}) => {
      failure = error;
      answers.push(answer);
    });
    return reasonOf(failure, undefined);
  });
  assertNotCancelled(reasons);
  assertSize(answers.map(({ Item }) => Item as Item | undefined));
  for (const answer of answers) {
    tables.consumed.readUnits += 2 * readUnitsOf(answer, true);
  }
  const Responses = answers.map(({ Item }) => (Item ? { Item } : {}));
  return { Responses, ...consumedCapacity(request, answers, 'ReadCapacityUnits') };
}

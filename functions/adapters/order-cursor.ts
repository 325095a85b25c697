import * as z from 'zod/mini';
import { InvalidRequest } from '../domain/errors.ts';
import { parseJson } from '../domain/json.ts';
import { orderTable } from './contract.ts';

const { partitionKey: id, byCustomer } = orderTable;
const filled = z.string().check(z.minLength(1));
const orderKey = z.strictObject({ [id]: filled, [byCustomer.partitionKey]: filled, [byCustomer.sortKey]: filled });

/** The key of the last order of a page, by the names of its attributes. */
export type OrderKey = Readonly<Record<string, unknown>>;

/** The key as a text that is safe in a URL. Clients pass it back and need not understand it. */
export function encodeCursor(key: OrderKey): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/**
 * The key in a cursor.
 *
 * @throws InvalidRequest for a text that is no cursor, or one of another customer's list: DynamoDB would refuse it too,
 * but as an error of ours and not of the client's.
 */
export function decodeCursor(cursor: string, customer: string): OrderKey {
  const key = z.safeParse(orderKey, parseJson(Buffer.from(cursor, 'base64url').toString()));
  if (!key.success || key.data[byCustomer.partitionKey] !== customer) {
    throw new InvalidRequest([{ field: 'next', message: 'is not a cursor of this list' }]);
  }
  return key.data;
}

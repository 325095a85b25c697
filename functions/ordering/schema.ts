import * as z from 'zod/mini';
import { orderLimits } from '../domain/contract.ts';
import { BodyTooLarge, NotJson } from '../domain/errors.ts';
import { parseJson } from '../domain/json.ts';
import { isQuantity, type OrderRequest } from '../domain/order.ts';
import type { PageRequest } from '../domain/ports.ts';
import { accept } from '../runtime/accept.ts';
import { wholeNumberUpTo } from '../runtime/schemas.ts';

/** The largest body that is read at all, in bytes: 20 items with the longest names fit in a quarter of it. */
export const bodyLimitBytes = 16 * 1024;

const pageLimits = { default: 20, most: 100 } as const;

/** A query of `GET /orders`. */
export interface ListQuery {
  readonly customer: string;
  readonly page: PageRequest;
}

const text = (characters: number) => {
  const message = `must be a text of 1 to ${characters} characters`;
  return z.string(message).check(z.trim(), z.minLength(1, message), z.maxLength(characters, message));
};

const quantityMessage = `must be a whole number from 1 to ${orderLimits.quantity}`;
const itemsMessage = `must be a list of 1 to ${orderLimits.items} items`;

const orderItem = z.strictObject(
  {
    recipe: text(orderLimits.recipe),
    quantity: z.number(quantityMessage).check(z.refine(isQuantity, quantityMessage)),
  },
  'must be an object with recipe and quantity',
);

const orderBody = z.strictObject(
  {
    customer: text(orderLimits.customer),
    items: z
      .array(orderItem, itemsMessage)
      .check(z.minLength(1, itemsMessage), z.maxLength(orderLimits.items, itemsMessage)),
  },
  'must be an object with customer and items',
);

const keyMessage = `must be 1 to ${orderLimits.idempotencyKey} visible ASCII characters`;
const idempotencyHeader = z.strictObject({
  'Idempotency-Key': z
    .string()
    .check(z.maxLength(orderLimits.idempotencyKey, keyMessage), z.regex(/^[\x21-\x7e]+$/, keyMessage)),
});

const listQuery = z.strictObject({
  customer: text(orderLimits.customer),
  limit: z._default(wholeNumberUpTo(pageLimits.most), pageLimits.default),
  next: z.optional(z.string()),
});

/**
 * Reads the body of `POST /orders` and its idempotency key, where there is one.
 *
 * Anything the contract does not name is refused, so that a misspelt member is an error and not a silent default.
 *
 * @throws BodyTooLarge, NotJson, or InvalidRequest that names every field to put right.
 */
export function readOrderRequest(body: string, idempotencyKey: string | undefined): OrderRequest {
  if (Buffer.byteLength(body) > bodyLimitBytes) {
    throw new BodyTooLarge(bodyLimitBytes);
  }
  const parsed = parseJson(body);
  if (parsed === undefined) {
    throw new NotJson();
  }
  const { customer, items } = accept(orderBody, parsed);
  if (idempotencyKey === undefined) {
    return { customer, items };
  }
  const header = accept(idempotencyHeader, { 'Idempotency-Key': idempotencyKey });
  return { customer, items, idempotencyKey: header['Idempotency-Key'] };
}

/**
 * Reads the query of `GET /orders`: `customer`, and optionally `limit` (1 to 100, 20 by default) and `next`.
 *
 * @throws InvalidRequest that names every parameter to put right.
 */
export function readListQuery(parameters: Readonly<Record<string, string | undefined>>): ListQuery {
  const { customer, limit, next } = accept(listQuery, parameters);
  return { customer, page: { limit, ...(next !== undefined && { next }) } };
}

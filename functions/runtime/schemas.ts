import * as z from 'zod/mini';
import { orderLimits } from '../domain/contract.ts';
import { isQuantity } from '../domain/order.ts';

/** The items of an order as our own functions write them: in a ticket, and in a line of a log. */
export const writtenItems = z
  .array(
    z.object({
      recipe: z.string().check(z.minLength(1), z.maxLength(orderLimits.recipe)),
      quantity: z.number().check(z.refine(isQuantity)),
    }),
  )
  .check(z.minLength(1), z.maxLength(orderLimits.items));

/** The id of an order as our own functions write it. */
export const writtenOrderId = z.string().check(z.minLength(1), z.maxLength(64));

/** A whole number from 1 in the query of a URL, where all is text. */
export function wholeNumberUpTo(most: number) {
  const message = `must be a whole number from 1 to ${most}`;
  const digits = new RegExp(`^\\d{1,${String(most).length}}$`);
  return z.pipe(
    z.string().check(z.regex(digits, message)),
    z.pipe(z.transform(Number), z.number().check(z.gte(1, message), z.lte(most, message))),
  );
}

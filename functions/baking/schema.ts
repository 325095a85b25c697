import * as z from 'zod/mini';
import { orderLimits } from '../domain/contract.ts';
import { UnreadableTicket } from '../domain/errors.ts';
import { type BakeTicket, isQuantity } from '../domain/order.ts';

/**
 * A moment by RFC 3339, with any offset, in upper or lower case: as the same moment in UTC, which is how an order has it.
 */
const moment = z.pipe(
  z.pipe(
    z.pipe(
      z.string(),
      z.transform((text: string) => text.toUpperCase()),
    ),
    z.iso.datetime({ offset: true }),
  ),
  z.transform((text: string) => new Date(text).toISOString()),
);

/**
 * `placedAt` has been in every ticket since there are tickets. One without it is not read: nobody could say whether it
 * is about the order that has its id now, or about an earlier one.
 *
 * Members that are not known here are let pass: while a deploy is under way, a newer front desk may already write
 * tickets for an older kitchen.
 */
const bakeTicket = z.object({
  orderId: z.string().check(z.minLength(1), z.maxLength(64)),
  placedAt: moment,
  items: z
    .array(
      z.object({
        recipe: z.string().check(z.minLength(1), z.maxLength(orderLimits.recipe)),
        quantity: z.number().check(z.refine(isQuantity)),
      }),
    )
    .check(z.minLength(1), z.maxLength(orderLimits.items)),
});

/**
 * Reads a message from the bake queue.
 *
 * @throws UnreadableTicket, which says where the ticket is wrong but not what it says there.
 */
export function readTicket(body: string): BakeTicket {
  const result = z.safeParse(bakeTicket, parseJson(body));
  if (!result.success) {
    const places = result.error.issues.map(({ path }) => path.join('.') || 'the whole');
    throw new UnreadableTicket(`it is wrong at ${[...new Set(places)].join(', ')}`);
  }
  return result.data;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new UnreadableTicket('it is not JSON');
  }
}

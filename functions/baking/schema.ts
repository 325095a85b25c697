import * as z from 'zod/mini';
import { UnreadableTicket } from '../domain/errors.ts';
import { type BakeTicket, isQuantity, orderLimits } from '../domain/order.ts';

/**
 * Members that are not known here are let pass: while a deploy is under way, a newer front desk may already write
 * tickets for an older kitchen.
 */
const bakeTicket = z.object({
  orderId: z.string().check(z.minLength(1), z.maxLength(64)),
  placedAt: z.iso.datetime(),
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

import * as z from 'zod/mini';
import { UnreadableTicket } from '../domain/errors.ts';
import { parseJson } from '../domain/json.ts';
import type { BakeTicket } from '../domain/order.ts';
import { writtenItems, writtenOrderId } from '../runtime/schemas.ts';

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
 * `placedAt` has been in every ticket since there are tickets. One without it is not read: it is not known whether it
 * is about the order that has its id now, or about an earlier one.
 *
 * Members that are not known here are let pass: while a deploy is under way, a newer ordering may already write
 * tickets for an older baking.
 */
const bakeTicket = z.object({
  orderId: writtenOrderId,
  placedAt: moment,
  items: writtenItems,
});

/**
 * Reads a message from the bake queue.
 *
 * @throws UnreadableTicket, which says where the ticket is wrong but not what it says there.
 */
export function readTicket(body: string): BakeTicket {
  const parsed = parseJson(body);
  if (parsed === undefined) {
    throw new UnreadableTicket('it is not JSON');
  }
  const result = z.safeParse(bakeTicket, parsed);
  if (!result.success) {
    const places = result.error.issues.map(({ path }) => path.join('.') || 'the whole');
    throw new UnreadableTicket(`it is wrong at ${[...new Set(places)].join(', ')}`);
  }
  return result.data;
}

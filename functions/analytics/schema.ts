import * as z from 'zod/mini';
import { parseJson } from '../domain/json.ts';
import type { LogLine } from '../domain/log-line.ts';
import type { BakedNotice } from '../domain/satisfaction.ts';
import { writtenItems, writtenOrderId } from '../runtime/schemas.ts';

/**
 * As much of the line that the kitchen writes about a baked order as satisfaction is about. The time may have an offset,
 * because a logger writes it in its process's time zone. An older kitchen names neither its event nor the time of the bake;
 * then the line's own id and time stand for them.
 */
const orderBaked = z.object({
  message: z.literal('OrderBaked'),
  timestamp: z.iso.datetime({ offset: true }),
  eventId: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
  bakedAt: z.optional(z.iso.datetime({ offset: true })),
  orderId: writtenOrderId,
  items: writtenItems,
  waitMs: z.number(),
});

/** Reads what a line says of a baked order; undefined where it says anything else. */
export function readNotice({ id, message }: LogLine): BakedNotice | undefined {
  const result = z.safeParse(orderBaked, parseJson(message));
  if (!result.success) {
    return undefined;
  }
  const { eventId = id, orderId, items, timestamp, bakedAt = timestamp, waitMs } = result.data;
  return { eventId, orderId, items, bakedAt: new Date(bakedAt).toISOString(), waitMs };
}

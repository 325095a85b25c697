import * as z from 'zod/mini';
import { orderLimits } from '../domain/contract.ts';
import { isQuantity } from '../domain/order.ts';
import type { BakedNotice } from '../domain/satisfaction.ts';

/** A line of a log, under an id that it keeps however often it is handed on. */
export interface Line {
  readonly id: string;
  readonly message: string;
}

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
  orderId: z.string().check(z.minLength(1), z.maxLength(64)),
  items: z
    .array(
      z.object({
        recipe: z.string().check(z.minLength(1), z.maxLength(orderLimits.recipe)),
        quantity: z.number().check(z.refine(isQuantity)),
      }),
    )
    .check(z.minLength(1), z.maxLength(orderLimits.items)),
  waitMs: z.number(),
});

/** Reads what a line says of a baked order; undefined where it says anything else. */
export function readNotice({ id, message }: Line): BakedNotice | undefined {
  const result = z.safeParse(orderBaked, parseJson(message));
  if (!result.success) {
    return undefined;
  }
  const { eventId = id, orderId, items, timestamp, bakedAt = timestamp, waitMs } = result.data;
  return { eventId, orderId, items, bakedAt: new Date(bakedAt).toISOString(), waitMs };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import * as z from 'zod/mini';
import type { CountedOrder } from '../domain/census.ts';
import { orderLimits } from '../domain/contract.ts';
import { isQuantity, type OrderItem, type UnreadableOrder } from '../domain/order.ts';
import type { JudgedOrder } from '../domain/retention.ts';
import { orderTable } from './contract.ts';

/**
 * Reads what is in the order table where one item that is no order must not cost everybody else theirs. Items are written by
 * the order store alone; but tables are also restored, migrated and repaired by hand.
 */

/** As an order has its times: the only form in which they sort as text. */
const time = z.string().check(z.refine(isTime));

const items = z
  .array(
    z.object({
      recipe: z.string().check(z.minLength(1), z.maxLength(orderLimits.recipe)),
      quantity: z.number().check(z.refine(isQuantity)),
    }),
  )
  .check(z.minLength(1), z.maxLength(orderLimits.items));

const status = z.enum(['RECEIVED', 'BAKED']);

const countedOrder = z.object({ status, placedAt: time, items, bakedAt: z.exactOptional(time) });

const judgedOrder = z.object({
  orderId: z.string(),
  status,
  placedAt: time,
  items,
  totalCents: z.number(),
  queuedAt: z.exactOptional(time),
  bakedAt: z.exactOptional(time),
});

/** Some items of the table, sorted into orders and what is none. */
export interface ReadOrders<Read> {
  readonly orders: readonly Read[];
  readonly unreadable: readonly UnreadableOrder[];
}

export const readCountedOrders = (found: readonly StoredItem[]): ReadOrders<CountedOrder> => read(countedOrder, found);

export const readJudgedOrders = (found: readonly StoredItem[]): ReadOrders<JudgedOrder> => read(judgedOrder, found);

/** The items of an order as it is stored; undefined where they cannot be read. */
export function readItems(found: unknown): readonly OrderItem[] | undefined {
  return z.safeParse(items, found).data;
}

type StoredItem = Readonly<Record<string, unknown>>;

function read<Schema extends z.core.$ZodType>(schema: Schema, found: readonly StoredItem[]) {
  const orders: z.output<Schema>[] = [];
  const unreadable: UnreadableOrder[] = [];
  for (const item of found) {
    const result = z.safeParse(schema, item);
    if (result.success) {
      orders.push(result.data);
    } else {
      const places = new Set(result.error.issues.map(({ path }) => path.join('.')));
      const why = `it is wrong at ${[...places].join(', ')}`;
      unreadable.push({ orderId: String(item[orderTable.partitionKey]), why });
    }
  }
  return { orders, unreadable };
}

function isTime(text: string): boolean {
  const milliseconds = Date.parse(text);
  return !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString() === text;
}

import { countCookies, type Order, type OrderItem, type UnreadableOrder } from './order.ts';

/** As much of an order as is needed to count it. */
export type CountedOrder = Pick<Order, 'status' | 'placedAt'> & {
  readonly items: readonly OrderItem[];
  readonly bakedAt?: string;
};

/** Some of the orders, to be counted. */
export interface CountedPage {
  readonly orders: readonly CountedOrder[];
  readonly unreadable: readonly UnreadableOrder[];
}

/** How many orders there are. */
export interface Census {
  readonly orders: Readonly<Record<Order['status'], number>>;
  /** Cookies of all these orders. */
  readonly cookies: number;
  /** What is among the orders and is none; it is counted nowhere else. */
  readonly unreadable: number;
}

/** A stretch of time: from `from` until just before `until`, in ISO 8601 like the times of orders. */
export interface Period {
  readonly from: string;
  readonly until: string;
}

/** What happened during a period. */
export interface Activity {
  readonly placed: number;
  readonly baked: number;
}

/**
 * Counts all orders in one go, and what happened to them during a period: because orders say when they were placed and
 * baked, one that is removed meanwhile does not make the difference of two counts wrong.
 *
 * @param tell - Called with everything that could not be read, and was not counted as an order.
 */
export async function takeCensus(
  pages: AsyncIterable<CountedPage>,
  period?: Period,
  tell: (skipped: UnreadableOrder) => void = () => {},
): Promise<Census & Activity> {
  const orders = { RECEIVED: 0, BAKED: 0 };
  const activity = { placed: 0, baked: 0 };
  let cookies = 0;
  let unreadable = 0;
  const isWithin = (time: string | undefined) =>
    period !== undefined && time !== undefined && period.from <= time && time < period.until;
  for await (const page of pages) {
    unreadable += page.unreadable.length;
    page.unreadable.forEach(tell);
    for (const { status, items, placedAt, bakedAt } of page.orders) {
      orders[status] += 1;
      cookies += countCookies(items);
      activity.placed += isWithin(placedAt) ? 1 : 0;
      activity.baked += isWithin(bakedAt) ? 1 : 0;
    }
  }
  return { orders, cookies, unreadable, ...activity };
}

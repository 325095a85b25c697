import type { BakeTicket, Order } from './order.ts';

/** How long orders are kept, and when one counts as forgotten. In minutes. */
export interface Retention {
  /** A baked order is kept this long after it was baked. */
  readonly keepBakedMinutes: number;
  /** An order that was not baked by then has expired. */
  readonly expireMinutes: number;
  /** An order that was not put on the queue by then is put there again. */
  readonly requeueMinutes: number;
}

/** The moments before which an order is past its time, in ISO 8601 like the times of orders. */
export interface Deadlines {
  readonly bakedBefore: string;
  readonly expiredBefore: string;
  readonly forgottenBefore: string;
}

/** As much of an order as is needed to judge it, to bake it, and to say that it was placed. */
export type JudgedOrder = BakeTicket &
  Pick<Order, 'status' | 'totalCents' | 'queuedAt'> & { readonly bakedAt?: string };

/** What is to be done with an order; `keep` is nothing. */
export type Verdict = 'keep' | 'removeBaked' | 'removeExpired' | 'requeue';

export function deadlinesAt(now: Date, retention: Retention): Deadlines {
  const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();
  return {
    bakedBefore: minutesAgo(retention.keepBakedMinutes),
    expiredBefore: minutesAgo(retention.expireMinutes),
    forgottenBefore: minutesAgo(retention.requeueMinutes),
  };
}

/** Judges one order. One that has expired is not baked any more, even if it never reached the queue. */
export function judge(order: JudgedOrder, deadlines: Deadlines): Verdict {
  if (order.status === 'BAKED') {
    return order.bakedAt !== undefined && order.bakedAt < deadlines.bakedBefore ? 'removeBaked' : 'keep';
  }
  if (order.placedAt < deadlines.expiredBefore) {
    return 'removeExpired';
  }
  return order.queuedAt === undefined && order.placedAt < deadlines.forgottenBefore ? 'requeue' : 'keep';
}

import { countCookies, type OrderItem, type OrderReference, ticketFor } from './order.ts';

/**
 * What happens in the factory and is worth knowing later: one line in the log each, under these names.
 *
 * `orderId` is in every event about an order, so that one query follows it from function to function. A customer's name
 * is in none: who may read the log need not know who eats the cookies.
 *
 * `OrderPlaced` and `OrderBaked` are said at least once of every order. A process that died may have stored what it did and
 * not said so, and then another says it; the same event has the same `eventId`, by which it counts once.
 */
export type FactoryEvent =
  | OrderPlaced
  /** The order is stored, but it is not known whether it is on the queue; cleanup will put it there. */
  | { readonly event: 'OrderNotQueued'; readonly orderId: string; readonly error: unknown }
  | OrderBaked
  /** The cookies are ready, but the order is gone, or another one has its id: nothing is recorded. */
  | { readonly event: 'OrderNotAwaited'; readonly orderId: string }
  /** The ticket asks for other cookies than the order: what was ordered is baked. */
  | { readonly event: 'TicketDiffers'; readonly orderId: string }
  | {
      readonly event: 'BakeFailed';
      readonly messageId: string;
      /** Missing when the message could not be read. */
      readonly orderId?: string;
      readonly error: unknown;
    }
  | { readonly event: 'OrderRemoved'; readonly orderId: string; readonly because: 'baked' | 'expired' }
  | { readonly event: 'OrderRequeued'; readonly orderId: string }
  /** An order that could not be removed or queued; the next run of cleanup tries again. */
  | { readonly event: 'CleanupFailed'; readonly orderId: string; readonly error: unknown }
  /** Something among the orders that is none. It was skipped; a person has to look at it. */
  | { readonly event: 'OrderUnreadable'; readonly orderId: string; readonly why: string }
  | {
      readonly event: 'CleanedUp';
      readonly removed: { readonly baked: number; readonly expired: number };
      readonly requeued: number;
      readonly unreadable: number;
      readonly failed: number;
      readonly examined: number;
      readonly complete: boolean;
      readonly dryRun: boolean;
      readonly release?: string;
    }
  /** What the log said of baked orders was kept. */
  | {
      readonly event: 'BakesNoted';
      readonly noted: number;
      /** Lines that did not say what they should have. */
      readonly skipped: number;
    };

/** An order was stored, and so accepted. */
export interface OrderPlaced {
  readonly event: 'OrderPlaced';
  readonly eventId: string;
  readonly orderId: string;
  readonly items: readonly OrderItem[];
  readonly cookies: number;
  readonly totalCents: number;
  /** Said before, or not at all: who says it did not do it. Missing where it did. */
  readonly again?: true;
}

/** An order was recorded as baked. */
export interface OrderBaked {
  readonly event: 'OrderBaked';
  readonly eventId: string;
  readonly orderId: string;
  readonly items: readonly OrderItem[];
  readonly cookies: number;
  /** ISO 8601 in UTC. */
  readonly bakedAt: string;
  /** Milliseconds that this kitchen was busy with the order. */
  readonly bakeMs: number;
  /** Milliseconds that the customer has waited, from placed to baked; 0 where clocks disagree. */
  readonly waitMs: number;
  /** Said before, or not at all: who says it did not do it. Missing where it did. */
  readonly again?: true;
}

type PlacedOrder = OrderReference & { readonly items: readonly OrderItem[]; readonly totalCents: number };
type Baked = OrderReference & { readonly items: readonly OrderItem[]; readonly bakedAt: string };

/** The event that an order was placed. */
export function orderPlaced(order: PlacedOrder): OrderPlaced {
  const { orderId, items } = ticketFor(order);
  const eventId = eventIdOf('OrderPlaced', order);
  return { event: 'OrderPlaced', eventId, orderId, items, cookies: countCookies(items), totalCents: order.totalCents };
}

/** The event that an order was baked, which kept a kitchen busy for a number of milliseconds. */
export function orderBaked(order: Baked, bakeMs: number): OrderBaked {
  const { orderId, placedAt, items } = ticketFor(order);
  const { bakedAt } = order;
  const waitMs = millisecondsBetween(placedAt, bakedAt);
  const eventId = eventIdOf('OrderBaked', order);
  return { event: 'OrderBaked', eventId, orderId, items, cookies: countCookies(items), bakedAt, bakeMs, waitMs };
}

/** Milliseconds from one time to a later one. Not less than none: the clocks of two machines may disagree. */
export function millisecondsBetween(from: string, until: string): number {
  return Math.max(0, Date.parse(until) - Date.parse(from));
}

const eventIdOf = (event: string, { orderId, placedAt }: OrderReference): string => `${event} ${orderId} ${placedAt}`;

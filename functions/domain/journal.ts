import type { OrderItem } from './order.ts';

/**
 * What happens in the factory and is worth knowing later: one line in the log each, under these names.
 *
 * `orderId` is in every event about an order, so that one query follows it from function to function. A customer's name
 * is in none: who may read the log need not know who eats the cookies.
 */
export type FactoryEvent =
  | {
      readonly event: 'OrderPlaced';
      readonly orderId: string;
      readonly items: readonly OrderItem[];
      readonly cookies: number;
      readonly totalCents: number;
    }
  /** The order is stored, but nobody knows whether it is on the queue; cleanup will put it there. */
  | { readonly event: 'OrderNotQueued'; readonly orderId: string; readonly error: unknown }
  | {
      readonly event: 'OrderBaked';
      readonly orderId: string;
      readonly items: readonly OrderItem[];
      readonly cookies: number;
      /** Milliseconds that this kitchen was busy with the order. */
      readonly bakeMs: number;
      /** Milliseconds that the customer has waited, from placed to baked. */
      readonly waitMs: number;
    }
  /** The cookies are ready, but the order was baked before or is gone: nothing is recorded. */
  | { readonly event: 'OrderNotAwaited'; readonly orderId: string }
  | {
      readonly event: 'BakeFailed';
      readonly messageId: string;
      /** Missing when the message could not be read. */
      readonly orderId?: string;
      readonly error: unknown;
    }
  | { readonly event: 'OrderRemoved'; readonly orderId: string; readonly because: 'baked' | 'expired' }
  | { readonly event: 'OrderRequeued'; readonly orderId: string }
  | {
      readonly event: 'CleanedUp';
      readonly removed: { readonly baked: number; readonly expired: number };
      readonly requeued: number;
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
    }
  | { readonly event: 'RecipesStocked'; readonly written: readonly string[]; readonly struckOut: readonly string[] }
  | { readonly event: 'StockingFailed'; readonly error: unknown };

import { type Activity, type Census, takeCensus } from '../domain/census.ts';
import type { UnreadableOrder } from '../domain/order.ts';
import type { Clock, Journal, OrderCensus } from '../domain/ports.ts';

/** What counting orders depends on. */
export interface CountOrdersDependencies {
  readonly census: OrderCensus;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly pause: (milliseconds: number) => Promise<unknown>;
}

/** A count, and what happened during the `seconds` before it. */
export type Sample = Census & Activity & { readonly seconds: number };

/** How many orders there are. */
export async function countOrders({ census, journal }: CountOrdersDependencies): Promise<Census> {
  const { orders, cookies, unreadable } = await takeCensus(census.pages(), undefined, noteIn(journal));
  return { orders, cookies, unreadable };
}

/** Waits for some seconds, and then counts how many orders there are and how many were placed and baked meanwhile. */
export async function sampleOrders(
  seconds: number,
  { census, journal, clock, pause }: CountOrdersDependencies,
): Promise<Sample> {
  const from = clock().toISOString();
  await pause(seconds * 1000);
  const until = clock().toISOString();
  return { ...(await takeCensus(census.pages(), { from, until }, noteIn(journal))), seconds };
}

function noteIn(journal: Journal): (skipped: UnreadableOrder) => void {
  return ({ orderId, why }) => journal.record({ event: 'OrderUnreadable', orderId, why });
}

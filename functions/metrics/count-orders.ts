import { type Activity, type Census, takeCensus } from '../domain/census.ts';
import type { Clock, OrderCensus } from '../domain/ports.ts';

/** What counting needs. */
export interface Counter {
  readonly census: OrderCensus;
  readonly clock: Clock;
  readonly pause: (milliseconds: number) => Promise<unknown>;
}

/** A count, and what happened during the `seconds` before it. */
export type Sample = Census & Activity & { readonly seconds: number };

/** How many orders there are. */
export async function countOrders({ census }: Counter): Promise<Census> {
  const { orders, cookies } = await takeCensus(census.pages());
  return { orders, cookies };
}

/** Waits for some seconds, and then counts how many orders there are and how many were placed and baked meanwhile. */
export async function sampleOrders(seconds: number, { census, clock, pause }: Counter): Promise<Sample> {
  const from = clock().toISOString();
  await pause(seconds * 1000);
  const until = clock().toISOString();
  return { ...(await takeCensus(census.pages(), { from, until })), seconds };
}

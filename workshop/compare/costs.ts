import type { BreakEven } from './cost.ts';
import { trimmed } from './format.ts';
import type { PriceOrders } from './rows.ts';

/** What a report needs to know of money. */
export interface Costs {
  readonly price: PriceOrders;
  readonly breakEven: BreakEven;
}

/** From which load on servers are cheaper, in words. */
export function breakEvenSentence({ load }: BreakEven): string {
  if (load === undefined) return 'At no load that these prices allow are servers cheaper.';
  const orders = `${trimmed(load, load < 99.5 ? 1 : 0)} orders a second`;
  return `Below ${orders}, day and night, functions cost less; above it, servers do.`;
}

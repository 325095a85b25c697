import type { SideRun } from './measurement.ts';

/** What serving orders costs, in US dollars. */
export interface Cost {
  /** For a thousand orders that were kept. */
  readonly dollars: number;
  /** What it is made of, for a person to read: `compute`, `requests`, `queue and tables`, `servers`. */
  readonly parts: Readonly<Record<string, number>>;
}

/** Undefined where no order was kept or nothing was billable, so that nothing can be said. */
export type CostPerThousandOrders<Prices> = (run: SideRun, prices: Prices) => Cost | undefined;

/** What a load that never stops would cost both sides, in US dollars a month. */
export interface CostAtLoad {
  /** Orders a second. */
  readonly load: number;
  readonly servers: number;
  readonly functions: number;
}

export interface BreakEven {
  /** Orders a second from which on servers are cheaper; undefined where they never are. */
  readonly load?: number;
  /** Both sides over the load, from next to nothing to well beyond the break-even, in ascending order. */
  readonly curve: readonly CostAtLoad[];
  /** How many servers the fleet was taken to have, and at how many orders a second each: words of the assumptions. */
  readonly assumptions: readonly string[];
  /** The date of the prices, ISO 8601. */
  readonly pricesOf: string;
}

import type { Billable, SideName, SideRun } from '../measurement.ts';
import file from './prices.json' with { type: 'json' };

/** What one unit of everything costs that is billed, and on which day it did. */
export type Prices = Readonly<Record<keyof Billable, Price>>;

interface Price {
  /** What it belongs to, for a person to read: `tables and queue`. */
  readonly part: string;
  /** US dollars for that number. */
  readonly dollars: number;
  readonly per: number;
}

/** The prices that `prices.json` knows, each with where it is from. */
export const listPrices: Prices = file.prices;

/** What a side is billed for. Where one of these was not measured, nothing is said of what it costs. */
const billed: Readonly<Record<SideName, readonly (keyof Billable)[]>> = {
  servers: ['serverSeconds', 'balancerSeconds', 'logBytes'],
  functions: [
    ...(['lambdaRequests', 'lambdaGbSeconds', 'logBytes'] as const),
    ...(['dynamodbWriteUnits', 'dynamodbReadUnits', 'sqsRequests'] as const),
  ],
};

/** What is billed for being there, however many orders come. */
const byTime: ReadonlySet<keyof Billable> = new Set(['serverSeconds', 'balancerSeconds']);

/** One line of a bill. */
export interface BillLine {
  readonly part: string;
  readonly dollars: number;
  /** Whether it is the same however many orders come. */
  readonly isByTime: boolean;
}

/** What a side is billed for a whole run, its warm-up included. Undefined where not all of that was measured. */
export function billOf({ side, billable }: SideRun, prices = listPrices): BillLine[] | undefined {
  const lines = billed[side].flatMap((what) => {
    const [amount, { part, dollars, per }] = [billable[what], prices[what]];
    return amount === undefined ? [] : [{ part, dollars: (amount / per) * dollars, isByTime: byTime.has(what) }];
  });
  return lines.length === billed[side].length ? lines : undefined;
}

/** Orders of a run that were kept, those of its warm-up included: what they took is on the bill. */
export const keptIn = ({ orders }: SideRun): number => orders.filter(({ outcome }) => outcome === 'kept').length;

/** What serving orders costs, in US dollars. */
export interface Cost {
  readonly dollars: number;
  /** What it is made of, by part. */
  readonly parts: Readonly<Record<string, number>>;
}

/** What a thousand orders cost that were kept. Undefined where none was, or not all was measured that is billed. */
export function costPerThousandOrders(run: SideRun, prices = listPrices): Cost | undefined {
  const [bill, kept] = [billOf(run, prices), keptIn(run)];
  if (!bill || kept === 0) {
    return undefined;
  }
  const parts: Record<string, number> = {};
  for (const { part, dollars } of bill) {
    parts[part] = (parts[part] ?? 0) + (dollars / kept) * 1000;
  }
  return { dollars: sumOf(Object.values(parts)), parts };
}

export const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);

import { listPrices } from '../../compare/cost/cost.ts';
import type { Billable } from '../../compare/measurement.ts';

const newest = 200;
const rateOverMs = 5_000;

/** The newest of some durations, and what half and 95 % of them are below. */
export class RecentDurations {
  readonly #milliseconds: number[] = [];

  add(milliseconds: number): void {
    this.#milliseconds.push(milliseconds);
    if (this.#milliseconds.length > newest) {
      this.#milliseconds.shift();
    }
  }

  /** @param share from 0 to 1 */
  below(share: number): number | null {
    const sorted = this.#milliseconds.toSorted((a, b) => a - b);
    const at = Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1);
    return sorted[Math.max(0, at)] ?? null;
  }
}

/** How often something happened a second, of the last five. */
export class RecentRate {
  /** One for each second that had any. */
  readonly #seconds = new Map<number, number>();

  add(time: number): void {
    const second = Math.floor(time / 1000);
    this.#seconds.set(second, (this.#seconds.get(second) ?? 0) + 1);
    for (const old of this.#seconds.keys()) {
      if (old <= second - rateOverMs / 1000 - 1) {
        this.#seconds.delete(old);
      }
    }
  }

  at(time: number): number {
    const now = Math.floor(time / 1000);
    const first = now - rateOverMs / 1000;
    const counted = [...this.#seconds].filter(([second]) => second >= first && second < now);
    return counted.reduce((sum, [, count]) => sum + count, 0) / (rateOverMs / 1000);
  }
}

/** What functions are billed for, as far as events tell. */
export type Bill = { -readonly [What in keyof Billable]?: number };

/** What a thousand orders cost, at the prices of `npm run compare`; null where there was none. */
export function costPerThousand(bill: Bill, orders: number): number | null {
  if (orders === 0) {
    return null;
  }
  const dollars = Object.entries(bill).reduce((sum, [what, amount]) => {
    const price = listPrices[what as keyof Billable];
    return sum + (amount / price.per) * price.dollars;
  }, 0);
  return (dollars / orders) * 1000;
}

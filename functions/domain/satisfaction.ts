import type { OrderItem } from './order.ts';

/** A notice that an order was baked, as far as it matters to the customer's satisfaction. */
export interface BakedNotice {
  /** Which event this is the notice of: the same event twice is the same notice. */
  readonly eventId: string;
  readonly orderId: string;
  readonly items: readonly OrderItem[];
  /** ISO 8601 in UTC. */
  readonly bakedAt: string;
  /** Milliseconds that the customer has waited, from placed to baked. */
  readonly waitMs: number;
}

/** How satisfied customers are: they are, when the order was baked within the promised time. */
export interface Satisfaction {
  readonly orders: number;
  /** Of these, the orders that were baked in time. */
  readonly inTime: number;
  /** The share that was baked in time, 0 to 1; null where there is no order. */
  readonly satisfied: number | null;
}

export interface SatisfactionReport extends Satisfaction {
  readonly promisedSeconds: number;
  /** By the recipe's name. An order of several recipes counts for each of them. */
  readonly byRecipe: readonly (Satisfaction & { readonly recipe: string })[];
  /** By the hour in UTC in which orders were baked, oldest first, such as `2026-11-23T08:00Z`. */
  readonly byHour: readonly (Satisfaction & { readonly hour: string })[];
}

interface Count {
  orders: number;
  inTime: number;
}

/** Reports how many orders were baked within the promised time. An order that was baked just in time, was. */
export async function reportSatisfaction(
  pages: AsyncIterable<readonly BakedNotice[]>,
  promisedSeconds: number,
): Promise<SatisfactionReport> {
  const all: Count = { orders: 0, inTime: 0 };
  const byRecipe = new Map<string, Count>();
  const byHour = new Map<string, Count>();
  for await (const page of pages) {
    for (const { items, bakedAt, waitMs } of page) {
      const isInTime = waitMs <= promisedSeconds * 1000;
      const recipes = new Set(items.map(({ recipe }) => recipe));
      const counts = [all, countOf(byHour, hourOf(bakedAt)), ...[...recipes].map((name) => countOf(byRecipe, name))];
      for (const count of counts) {
        count.orders += 1;
        count.inTime += isInTime ? 1 : 0;
      }
    }
  }
  return {
    promisedSeconds,
    ...satisfactionOf(all),
    byRecipe: sorted(byRecipe).map(([recipe, count]) => ({ recipe, ...satisfactionOf(count) })),
    byHour: sorted(byHour).map(([hour, count]) => ({ hour, ...satisfactionOf(count) })),
  };
}

function countOf(counts: Map<string, Count>, key: string): Count {
  const count = counts.get(key) ?? { orders: 0, inTime: 0 };
  counts.set(key, count);
  return count;
}

function satisfactionOf({ orders, inTime }: Count): Satisfaction {
  return { orders, inTime, satisfied: orders === 0 ? null : inTime / orders };
}

const hourOf = (time: string): string => `${time.slice(0, 'YYYY-MM-DDTHH'.length)}:00Z`;

const sorted = (counts: Map<string, Count>) => [...counts].sort(([one], [other]) => (one < other ? -1 : 1));

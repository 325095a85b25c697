import { type BakeRecord, refuseBake, waitsFor } from './bake-record.ts';
import type { CountedPage } from './census.ts';
import type { FactoryEvent } from './journal.ts';
import type { Bake, BakeTicket, Order, OrderReference, ReceivedOrder } from './order.ts';
import type {
  BakeQueue,
  FoundOrders,
  Journal,
  OrderCensus,
  OrderPage,
  OrderStore,
  Oven,
  PageRequest,
  RecipeBook,
  SatisfactionStore,
  TimeLimit,
} from './ports.ts';
import type { Recipe, Recipes } from './recipe.ts';
import { type Deadlines, type JudgedOrder, judge } from './retention.ts';
import type { BakedNotice } from './satisfaction.ts';

/** The factory's ports in memory, for tests of use cases. They keep the promises that `ports.ts` makes, and no others. */

export const chocolateChip: Recipe = {
  name: 'chocolate-chip',
  title: 'Chocolate Chip',
  priceCents: 150,
  ingredients: { flour: 13, 'chocolate chip': 9.5 },
  shelfLifeDays: 14,
};

export const sabayon: Recipe = {
  name: 'sabayon',
  title: 'Sabayon',
  priceCents: 280,
  ingredients: { flour: 9, cream: 8 },
  shelfLifeDays: 2,
};

export class OrdersInMemory implements OrderStore, OrderCensus {
  readonly orders = new Map<string, Order>();

  add(order: ReceivedOrder): Promise<boolean> {
    const isNew = !this.orders.has(order.orderId);
    if (isNew) {
      this.orders.set(order.orderId, order);
    }
    return Promise.resolve(isNew);
  }

  find(orderId: string): Promise<Order | undefined> {
    return Promise.resolve(this.orders.get(orderId));
  }

  listByCustomer(customer: string, { limit, next = '0' }: PageRequest): Promise<OrderPage> {
    const start = Number(next);
    const all = [...this.orders.values()].filter((order) => order.customer === customer);
    const orders = all.slice(start, start + limit);
    const end = start + orders.length;
    return Promise.resolve(end < all.length ? { orders, next: String(end) } : { orders });
  }

  markQueued({ orderId, placedAt }: OrderReference, queuedAt: Date): Promise<void> {
    const order = this.orders.get(orderId);
    if (order?.placedAt === placedAt) {
      this.orders.set(orderId, { ...order, queuedAt: queuedAt.toISOString() });
    }
    return Promise.resolve();
  }

  recordBake(ticket: BakeTicket, bake: Bake): Promise<BakeRecord> {
    const order = this.orders.get(ticket.orderId);
    if (!order || !waitsFor(order, ticket)) {
      return Promise.resolve(refuseBake(order, ticket));
    }
    this.orders.set(ticket.orderId, { ...order, ...bake, status: 'BAKED' });
    return Promise.resolve({ outcome: 'recorded' });
  }

  async *pages(): AsyncGenerator<CountedPage> {
    for (const order of [...this.orders.values()]) {
      yield { orders: [order], unreadable: [] };
    }
  }

  /** A page an order, so that a test sees every step. */
  async *findPast(deadlines: Deadlines): AsyncGenerator<FoundOrders> {
    for (const order of [...this.orders.values()]) {
      yield { examined: 1, orders: judge(order, deadlines) === 'keep' ? [] : [order], unreadable: [] };
    }
  }

  remove({ orderId, status, placedAt }: JudgedOrder): Promise<boolean> {
    const order = this.orders.get(orderId);
    const isUnchanged = order?.status === status && order.placedAt === placedAt;
    return Promise.resolve(isUnchanged && this.orders.delete(orderId));
  }
}

export class QueueInMemory implements BakeQueue {
  readonly tickets: BakeTicket[] = [];
  isDown = false;

  put(ticket: BakeTicket): Promise<void> {
    if (this.isDown) {
      return Promise.reject(new Error('the queue is down'));
    }
    this.tickets.push(ticket);
    return Promise.resolve();
  }
}

export class SatisfactionInMemory implements SatisfactionStore {
  readonly notices = new Map<string, BakedNotice>();

  keep(notices: readonly BakedNotice[]): Promise<void> {
    for (const notice of notices) {
      this.notices.set(notice.eventId, notice);
    }
    return Promise.resolve();
  }

  async *pages(): AsyncGenerator<readonly BakedNotice[]> {
    for (const notice of [...this.notices.values()]) {
      yield [notice];
    }
  }
}

export class RecipesInMemory implements RecipeBook {
  readonly #recipes: Map<string, Recipe>;

  constructor(...recipes: readonly Recipe[]) {
    this.#recipes = new Map(recipes.map((recipe) => [recipe.name, recipe]));
  }

  recipes(): Promise<Recipes> {
    return Promise.resolve(new Map(this.#recipes));
  }

  /** Edits the book. */
  write(recipe: Recipe): void {
    this.#recipes.set(recipe.name, recipe);
  }
}

export class JournalInMemory implements Journal {
  readonly events: FactoryEvent[] = [];

  record(event: FactoryEvent): void {
    this.events.push(event);
  }

  names(): string[] {
    return this.events.map(({ event }) => event);
  }
}

/** An oven whose cookies are ready after a turn of the event loop, and that knows how many it had inside. */
export class OvenInMemory implements Oven {
  baked = 0;
  inside = 0;
  most = 0;

  async bake(_milliseconds: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.inside += 1;
    this.most = Math.max(this.most, this.inside);
    await new Promise(setImmediate);
    this.inside -= 1;
    this.baked += 1;
  }
}

/** A clock that stands at a moment until a test moves it on. */
export class StandingClock {
  #now: number;

  constructor(iso = '2026-11-23T08:00:00.000Z') {
    this.#now = Date.parse(iso);
  }

  readonly now = (): Date => new Date(this.#now);

  passMinutes(minutes: number): void {
    this.#now += minutes * 60_000;
  }
}

/** As much time as anybody needs. */
export const noHurry: TimeLimit = { getRemainingTimeInMillis: () => 60_000 };

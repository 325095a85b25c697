import type { BakeRecord } from './bake-record.ts';
import type { CountedPage } from './census.ts';
import type { FactoryEvent } from './journal.ts';
import type { Bake, BakeTicket, Order, OrderReference, ReceivedOrder, UnreadableOrder } from './order.ts';
import type { Recipes } from './recipe.ts';
import type { Deadlines, JudgedOrder } from './retention.ts';
import type { BakedNotice } from './satisfaction.ts';

/**
 * Where orders are kept. Every change is conditional, so that two processes at once cannot undo each other's work; and it
 * is of the order that is meant, never of a later one with the same id. A change whose answer was lost on the way counts
 * as made by the call that made it.
 */
export interface OrderStore {
  /** Stores a new order; `false` if there is one with this id already, which then stays as it is. */
  add(order: ReceivedOrder): Promise<boolean>;
  find(orderId: string): Promise<Order | undefined>;
  /** A customer's orders, newest last. A new order may take a moment to be listed. */
  listByCustomer(customer: string, page: PageRequest): Promise<OrderPage>;
  /** Notes that an order is on the bake queue. Does nothing if the order is gone. */
  markQueued(order: OrderReference, queuedAt: Date): Promise<void>;
  /** Records the bake of an order that waits for just these items; nothing where it does not, and tells why. */
  recordBake(ticket: BakeTicket, bake: Bake): Promise<BakeRecord>;
  /** Goes through all orders, some at a time, and gives those that may be past one of the deadlines. */
  findPast(deadlines: Deadlines): AsyncIterable<FoundOrders>;
  /** Removes an order if it still is what it was judged by; `false` if it has changed or is gone. */
  remove(order: JudgedOrder): Promise<boolean>;
}

export interface PageRequest {
  /** The most orders to give, 1 to 100. */
  readonly limit: number;
  /** `next` of the page before; without it, the first page. */
  readonly next?: string;
}

export interface OrderPage {
  readonly orders: readonly Order[];
  /** Opaque; missing on the last page. */
  readonly next?: string;
}

export interface FoundOrders {
  /** How many orders were looked at to find these. */
  readonly examined: number;
  readonly orders: readonly JudgedOrder[];
  readonly unreadable: readonly UnreadableOrder[];
}

/** All orders, for callers that only count them. */
export interface OrderCensus {
  /** Goes through all orders, some at a time: every one that was acknowledged before, as it is now or will be in a moment. */
  pages(): AsyncIterable<CountedPage>;
}

/** Where notices of baked orders are kept. */
export interface SatisfactionStore {
  /** Keeps notices. One that is kept already, by its event, is kept once. */
  keep(notices: readonly BakedNotice[]): Promise<void>;
  /** Goes through all notices, some at a time, in no particular order. */
  pages(): AsyncIterable<readonly BakedNotice[]>;
}

/** The queue of orders to bake. It delivers a ticket at least once. */
export interface BakeQueue {
  put(ticket: BakeTicket): Promise<void>;
}

export interface RecipeBook {
  /** All recipes; up to a minute behind what was written last. */
  recipes(): Promise<Recipes>;
}

export interface Oven {
  /** Bakes one cookie; throws when the signal tells it to stop before the cookie is ready. */
  bake(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** How long a cookie bakes: a setting that can be turned while the factory runs. */
export interface OvenTime {
  milliseconds(): Promise<number>;
}

/** The ingredient supplier's key. It never leaves its adapter; what it signs does. */
export interface SupplierKey {
  /** Fetches the key, unless it was fetched a moment ago, and gives what signs with it. */
  signer(): Promise<Sign>;
}

/** Returns the signature of a statement, in hexadecimal digits. */
export type Sign = (statement: string) => string;

export interface Journal {
  record(event: FactoryEvent): void;
}

export type Clock = () => Date;

/** How long this process may still work on what it is doing. Lambda's context is one. */
export interface TimeLimit {
  getRemainingTimeInMillis(): number;
}

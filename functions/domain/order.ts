import { orderLimits } from './contract.ts';

/** What a customer asks for: a number of cookies of a recipe, by its name. */
export interface OrderItem {
  readonly recipe: string;
  /** Cookies, a whole number from 1 to `orderLimits.quantity`. */
  readonly quantity: number;
}

/** An item at the price it had when the order was placed: a later price change does not touch it. */
export interface PricedItem extends OrderItem {
  /** Cents for one cookie. */
  readonly priceCents: number;
}

/** An order as a customer asks for it. */
export interface OrderRequest {
  readonly customer: string;
  readonly items: readonly OrderItem[];
  /** Chosen by the customer; the same key with the same request always means the same order. */
  readonly idempotencyKey?: string;
}

interface OrderFacts {
  readonly orderId: string;
  readonly customer: string;
  readonly items: readonly PricedItem[];
  readonly totalCents: number;
  /** ISO 8601 in UTC with milliseconds, like every time of an order, so that times sort as text. */
  readonly placedAt: string;
  /** When it was put on the bake queue; missing while that is not known. */
  readonly queuedAt?: string;
}

export interface ReceivedOrder extends OrderFacts {
  readonly status: 'RECEIVED';
}

/** What baking adds to an order. */
export interface Bake {
  readonly bakedAt: string;
  /** The last day the whole order is good, as a calendar day in UTC. */
  readonly bestBefore: string;
  /** The supplier's voucher for the ingredients that went in. */
  readonly voucher: string;
}

export interface BakedOrder extends OrderFacts, Bake {
  readonly status: 'BAKED';
}

/** An order in the one life it has: RECEIVED, then BAKED, and never back. */
export type Order = ReceivedOrder | BakedOrder;

/**
 * Which order is meant. Not by its id alone: one that is made from an idempotency key comes back when the key is used again
 * after the order is gone.
 */
export interface OrderReference {
  readonly orderId: string;
  readonly placedAt: string;
}

/** What the kitchen needs to bake an order without looking it up. */
export interface BakeTicket extends OrderReference {
  readonly items: readonly OrderItem[];
}

/** Something among the orders that is not as an order must be: it is not known what is to be done with it. */
export interface UnreadableOrder {
  readonly orderId: string;
  /** Where it is wrong; never what it says there. */
  readonly why: string;
}

export function isQuantity(quantity: number): boolean {
  return Number.isInteger(quantity) && quantity >= 1 && quantity <= orderLimits.quantity;
}

/** A new order of priced items. */
export function receiveOrder(
  orderId: string,
  customer: string,
  items: readonly PricedItem[],
  placedAt: Date,
): ReceivedOrder {
  const totalCents = items.reduce((sum, { quantity, priceCents }) => sum + quantity * priceCents, 0);
  return asReceived({ orderId, customer, items, totalCents, placedAt: placedAt.toISOString() });
}

/**
 * An order as it was when it was received, whatever has become of it since. Its members are always in the same sequence, so
 * that a request that comes again is answered with the same bytes, out of whatever store.
 */
export function asReceived({ orderId, customer, items, totalCents, placedAt }: OrderFacts): ReceivedOrder {
  const priced = items.map(({ recipe, quantity, priceCents }) => ({ recipe, quantity, priceCents }));
  return { orderId, customer, items: priced, totalCents, status: 'RECEIVED', placedAt };
}

/** Whether an order is what the request asks for; at which prices does not matter. */
export function answersRequest(order: Order, request: OrderRequest): boolean {
  return order.customer === request.customer && areSameItems(order.items, request.items);
}

/** Whether two lists ask for the same cookies, in the same sequence. */
export function areSameItems(ones: readonly OrderItem[], others: readonly OrderItem[]): boolean {
  return (
    ones.length === others.length &&
    ones.every(({ recipe, quantity }, index) => {
      const other = others[index];
      return other?.recipe === recipe && other.quantity === quantity;
    })
  );
}

/** What goes to the kitchen: neither the customer's name nor a price has any business there. */
export function ticketFor({ orderId, placedAt, items }: BakeTicket): BakeTicket {
  return { orderId, placedAt, items: items.map(({ recipe, quantity }) => ({ recipe, quantity })) };
}

/** How many cookies the items are. */
export function countCookies(items: readonly OrderItem[]): number {
  return items.reduce((sum, { quantity }) => sum + quantity, 0);
}

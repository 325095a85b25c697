/** What a customer asks for: so many cookies of a recipe, by its name. */
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
  /** When it was put on the bake queue; missing while nobody knows that it was. */
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

/** What the kitchen needs to bake an order without looking it up. */
export interface BakeTicket {
  readonly orderId: string;
  readonly placedAt: string;
  readonly items: readonly OrderItem[];
}

/** The most that one order may be. */
export const orderLimits = {
  /** Characters of a customer's name. */
  customer: 100,
  /** Characters of a recipe's name. */
  recipe: 64,
  items: 20,
  /** Cookies of one item. */
  quantity: 100,
  /** Characters of an idempotency key. */
  idempotencyKey: 255,
} as const;

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
  return { orderId, customer, items, totalCents, status: 'RECEIVED', placedAt: placedAt.toISOString() };
}

/** Whether an order is what the request asks for; at which prices does not matter. */
export function answersRequest(order: Order, request: OrderRequest): boolean {
  return (
    order.customer === request.customer &&
    order.items.length === request.items.length &&
    order.items.every(({ recipe, quantity }, index) => {
      const asked = request.items[index];
      return asked?.recipe === recipe && asked.quantity === quantity;
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

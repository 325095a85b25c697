import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '../../terminal/command-line.ts';
import { fetchFrom } from '../endpoint/http-request.ts';

/** An order as the factory's HTTP contract shows it. */
export interface OrderView {
  readonly orderId: string;
  readonly customer: string;
  readonly status: string;
  readonly items: readonly { readonly recipe: string; readonly quantity: number }[];
}

export interface Followed {
  readonly order: OrderView;
  /** From the answer to the order to the first time it was seen BAKED. */
  readonly bakedAfterMs: number;
}

const bakedWithinMs = 60_000;
/** The contract has no way to wait for an order, so a customer looks again, less and less often. */
const firstLookMs = 20;
const longestPauseMs = 500;

export interface OrderOptions {
  /** The endpoint that serves the function. @default - the one in `AWS_ENDPOINT_URL` */
  readonly endpoint?: string;
  readonly signal?: AbortSignal;
}

/** Places an order with a new idempotency key. */
export async function placeOrder(orderingUrl: string, body: string, options: OrderOptions = {}): Promise<OrderView> {
  const { endpoint, signal } = options;
  const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() };
  const asked = { method: 'POST', headers, body, ...(signal && { signal }) };
  const response = await fetchFrom(new URL('/orders', orderingUrl), asked, endpoint);
  const text = await response.text();
  if (response.status !== 202) {
    throw new UserError(`Ordering answered ${response.status} to an order: ${text}`);
  }
  return JSON.parse(text) as OrderView;
}

/** Reads an order until it is BAKED. */
export async function followOrder(orderingUrl: string, orderId: string, options: OrderOptions = {}): Promise<Followed> {
  const { endpoint, signal } = options;
  const start = performance.now();
  const asked = signal ? { signal } : {};
  for (let pause = firstLookMs; ; pause = Math.min(pause * 1.5, longestPauseMs)) {
    const response = await fetchFrom(new URL(`/orders/${orderId}`, orderingUrl), asked, endpoint);
    const text = await response.text();
    if (!response.ok) {
      throw new UserError(`Ordering answered ${response.status} for order ${orderId}: ${text}`);
    }
    const order = JSON.parse(text) as OrderView;
    const elapsed = performance.now() - start;
    if (order.status === 'BAKED') {
      return { order, bakedAfterMs: elapsed };
    }
    if (elapsed > bakedWithinMs) {
      throw new UserError(`Order ${orderId} is still ${order.status} after a minute.`);
    }
    await delay(pause, undefined, asked);
  }
}

import { setTimeout as delay } from 'node:timers/promises';
import type { Order } from '../../functions/domain/order.ts';
import { reasonOf } from '../../terminal/reason.ts';
import { UserError } from '../../terminal/user-error.ts';
import type { CookieJar } from '../endpoint/cookie-jar.ts';
import { type FetchOptions, fetchFrom } from '../endpoint/http-request.ts';

/** An order as the factory's HTTP contract shows it. */
export type { Order };

/** What a customer asks for. */
export interface OrderBody {
  readonly customer: string;
  readonly items: readonly { readonly recipe: string; readonly quantity: number }[];
}

export interface OrderOptions {
  /** The endpoint that serves the function. @default - the one in `AWS_ENDPOINT_URL` */
  readonly endpoint?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Where the customer keeps the cookie of the process that served. @default - none is kept */
  readonly jar?: CookieJar | undefined;
}

export interface PlaceOptions extends OrderOptions {
  readonly idempotencyKey?: string;
}

/** What became of one POST /orders. */
export interface Placed {
  /** The HTTP status; 0 where there was no answer at all. */
  readonly status: number;
  /** The order as it was answered; missing unless it was accepted. */
  readonly order?: Order;
  /** What was answered in its place, or why there was no answer. */
  readonly refusal?: string;
  /** From the request to the end of its answer. */
  readonly milliseconds: number;
}

/** Places one order. A refusal and a connection that breaks are findings, so neither is thrown; an abort is. */
export async function placeOrder(url: string, body: OrderBody, options: PlaceOptions = {}): Promise<Placed> {
  const { idempotencyKey, signal } = options;
  const started = performance.now();
  const headers = { 'content-type': 'application/json', ...(idempotencyKey && { 'idempotency-key': idempotencyKey }) };
  let answer: Answer;
  try {
    answer = await ask(new URL('/orders', url), { method: 'POST', headers, body: JSON.stringify(body) }, options);
  } catch (error) {
    signal?.throwIfAborted();
    return { status: 0, refusal: reasonOf(error), milliseconds: performance.now() - started };
  }
  const milliseconds = performance.now() - started;
  const { status, text } = answer;
  return { status, milliseconds, ...(status === 202 ? { order: JSON.parse(text) as Order } : { refusal: text }) };
}

/** How often an order is sent again that the other side failed with, as a function does that ran out of time. */
const mostRetries = 2;

/**
 * Places one order with an idempotency key of its own, and returns it. By that key it can be sent again where ordering fails, and
 * is one order all the same.
 * @throws UserError where it is not accepted
 */
export async function placeAcceptedOrder(url: string, body: OrderBody, options: OrderOptions = {}): Promise<Order> {
  const keyed = { ...options, idempotencyKey: crypto.randomUUID() };
  let placed = await placeOrder(url, body, keyed);
  for (let retries = 0; placed.status >= 500 && retries < mostRetries; retries++) {
    placed = await placeOrder(url, body, keyed);
  }
  const { status, order, refusal } = placed;
  if (!order) {
    throw new UserError(status === 0 ? `${refusal}` : `Ordering answered ${status} to an order: ${refusal}`);
  }
  return order;
}

export interface PlaceManyOptions {
  /** Requests in flight at a time. */
  readonly concurrency: number;
  /** The body of the order with this index. @default - one chocolate-chip cookie */
  readonly body?: (index: number) => OrderBody;
  readonly signal?: AbortSignal;
}

const oneCookie = (index: number): OrderBody => ({
  customer: `customer-${index}`,
  items: [{ recipe: 'chocolate-chip', quantity: 1 }],
});

/** Places many orders, a number at a time, and returns what became of each in the order of their indexes. */
export async function placeOrders(url: string, count: number, options: PlaceManyOptions): Promise<Placed[]> {
  const { concurrency, body = oneCookie, signal } = options;
  const placed: Placed[] = [];
  let next = 0;
  const customer = async () => {
    for (let index = next++; index < count; index = next++) {
      placed[index] = await placeOrder(url, body(index), { signal });
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, count) }, customer));
  return placed;
}

/** The orders that were accepted. */
export const accepted = (placed: readonly Placed[]): Order[] => placed.flatMap(({ order }) => (order ? [order] : []));

/** Reads an order; undefined where it is not known. @throws for any other answer */
export async function readOrder(url: string, orderId: string, options: OrderOptions = {}): Promise<Order | undefined> {
  const { status, text } = await ask(new URL(`/orders/${orderId}`, url), {}, options);
  if (status === 404) {
    return undefined;
  }
  if (status !== 200) {
    throw new UserError(`Ordering answered ${status} for order ${orderId}: ${text}`);
  }
  return JSON.parse(text) as Order;
}

export interface Followed {
  readonly order: Order;
  /** From the answer to the order to the first time it was seen BAKED. */
  readonly bakedAfterMs: number;
}

const bakedWithinMs = 60_000;
const firstPauseMs = 20;

/** Reads an order until it is BAKED. @throws UserError where that takes more than a minute, or the order is not known */
export async function followOrder(url: string, orderId: string, options: OrderOptions = {}): Promise<Followed> {
  const start = performance.now();
  for (const pause of backOff(firstPauseMs)) {
    const order = await readOrder(url, orderId, options);
    const elapsed = performance.now() - start;
    if (order?.status === 'BAKED') {
      return { order, bakedAfterMs: elapsed };
    }
    if (!order || elapsed > bakedWithinMs) {
      throw new UserError(`Order ${orderId} is ${order ? `still ${order.status} after a minute` : 'not known'}.`);
    }
    await delay(pause, undefined, options.signal ? { signal: options.signal } : {});
  }
  throw new Error('The wait for the order is over.');
}

/**
 * The pauses, in milliseconds, between looks at an order: the contract has no way to wait for one, so a customer looks
 * again, less and less often.
 */
export function* backOff(firstMs: number): Generator<number> {
  for (let pause = firstMs; ; pause = Math.min(pause * growth, longestPauseMs)) {
    yield pause;
  }
}

const growth = 1.5;
const longestPauseMs = 500;

interface Answer {
  readonly status: number;
  readonly text: string;
}

async function ask(url: URL, asked: FetchOptions, { endpoint, signal, jar }: OrderOptions): Promise<Answer> {
  const headers = { ...asked.headers, ...(jar?.cookie !== undefined && { cookie: jar.cookie }) };
  const response = await fetchFrom(url, { ...asked, headers, signal: signal ?? null }, endpoint);
  jar?.take(response.headers.getSetCookie());
  return { status: response.status, text: await response.text() };
}

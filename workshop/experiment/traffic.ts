import { fetchFrom } from '../../client/endpoint/http-request.ts';
import type { Order } from '../../functions/domain/order.ts';

/** What a customer asks for. */
export interface OrderBody {
  readonly customer: string;
  readonly items: readonly { readonly recipe: string; readonly quantity: number }[];
}

/** What became of one POST /orders. */
export interface Placed {
  /** The HTTP status; 0 where there was no answer at all. */
  readonly status: number;
  /** The order as it was answered; missing unless it was accepted. */
  readonly order?: Order;
  /** From the request to the end of its answer. */
  readonly milliseconds: number;
}

export interface PlaceOptions {
  readonly signal?: AbortSignal;
  readonly idempotencyKey?: string;
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

/** Places one order. A refusal and a connection that breaks are findings, so neither is thrown; an abort is. */
export async function placeOrder(url: string, body: OrderBody, options: PlaceOptions = {}): Promise<Placed> {
  const { signal, idempotencyKey } = options;
  const started = performance.now();
  try {
    const response = await fetchFrom(new URL('/orders', url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(idempotencyKey && { 'idempotency-key': idempotencyKey }) },
      body: JSON.stringify(body),
      ...(signal && { signal }),
    });
    const text = await response.text();
    const milliseconds = performance.now() - started;
    const accepted = response.status === 202;
    return { status: response.status, milliseconds, ...(accepted && { order: JSON.parse(text) as Order }) };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof SyntaxError) {
      throw error;
    }
    return { status: 0, milliseconds: performance.now() - started };
  }
}

/** Places many orders, so many at a time, and gives what became of each in the order of their indexes. */
export async function placeOrders(url: string, count: number, options: PlaceManyOptions): Promise<Placed[]> {
  const { concurrency, body = oneCookie, signal } = options;
  const placed: Placed[] = [];
  let next = 0;
  const customer = async () => {
    for (let index = next++; index < count; index = next++) {
      placed[index] = await placeOrder(url, body(index), signal ? { signal } : {});
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, count) }, customer));
  return placed;
}

/** Reads an order; undefined where it is not known. Any other answer is an error. */
export async function readOrder(url: string, orderId: string, signal?: AbortSignal): Promise<Order | undefined> {
  const response = await fetchFrom(new URL(`/orders/${orderId}`, url), signal ? { signal } : {});
  const text = await response.text();
  if (response.status === 404) {
    return undefined;
  }
  if (!response.ok) {
    throw new Error(`GET /orders/${orderId} was answered ${response.status}: ${text}`);
  }
  return JSON.parse(text) as Order;
}

/** The orders that were accepted. */
export const accepted = (placed: readonly Placed[]): Order[] => placed.flatMap(({ order }) => (order ? [order] : []));

/** The median, or another part, of some numbers. */
export function percentile(numbers: readonly number[], part: number): number | undefined {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
}

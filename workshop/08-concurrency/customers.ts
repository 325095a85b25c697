import { type OrderBody, placeOrder, readOrder } from '../../client/factory/order-client.ts';
import type { Order } from '../../functions/domain/order.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';
import { until } from '../experiment/until.ts';

/** Milliseconds that an order has to be baked. */
const bakedWithin = 10_000;

/** An order that was accepted. */
export interface Answered {
  readonly order: Order;
  /** Milliseconds until it was answered. */
  readonly wait: number;
  /** Milliseconds since 1970. */
  readonly answeredAt: number;
}

export interface Served extends Answered {
  /** Milliseconds since 1970, by the clock of the process that baked; undefined where it was not baked in time. */
  readonly bakedAt: number | undefined;
}

export interface Burst {
  /** What was answered 202. */
  readonly served: readonly Served[];
  /** Orders baked a second, from when the first was placed until the last was baked. */
  readonly perSecond: number;
}

export interface BurstOptions {
  /** Who are at the counter at the same time. Each places the next order as soon as the last was answered. */
  readonly customers: number;
  readonly body: OrderBody;
}

/** Places a number of orders. It is over when all of them are baked, or have had their time. */
export async function burst(snapshot: SnapshotUnderTest, orders: number, options: BurstOptions): Promise<Burst> {
  const started = Date.now();
  const served = await whenBaked(snapshot, await placeAll(snapshot, orders, options));
  const baked = served.flatMap(({ bakedAt }) => bakedAt ?? []);
  return { served, perSecond: baked.length === 0 ? 0 : (1000 * baked.length) / (Math.max(...baked) - started) };
}

/** Places a number of orders, and returns those that were answered 202. */
export async function placeAll(
  snapshot: SnapshotUnderTest,
  orders: number,
  { customers, body }: BurstOptions,
): Promise<Answered[]> {
  const { OrderingUrl = '' } = snapshot.outputs();
  const answered: Answered[] = [];
  let left = orders;
  const customer = async () => {
    while (left > 0) {
      left -= 1;
      const { order, milliseconds } = await placeOrder(OrderingUrl, body, { signal: snapshot.signal });
      if (order) {
        answered.push({ order, wait: milliseconds, answeredAt: Date.now() });
      }
    }
  };
  await Promise.all(Array.from({ length: customers }, customer));
  return answered;
}

/** Waits until orders are baked. */
export async function whenBaked(snapshot: SnapshotUnderTest, answered: readonly Answered[]): Promise<Served[]> {
  return await Promise.all(answered.map(async (one) => ({ ...one, bakedAt: await bakedAt(snapshot, one.order) })));
}

async function bakedAt(snapshot: SnapshotUnderTest, answered: Order): Promise<number | undefined> {
  const { OrderingUrl = '' } = snapshot.outputs();
  const { signal } = snapshot;
  // Who was told already does not ask: with few processes, the question would take one from a customer.
  if (answered.status === 'BAKED') {
    return Date.parse(answered.bakedAt);
  }
  const look = async () => {
    const now = await readOrder(OrderingUrl, answered.orderId, { signal });
    return now?.status === 'BAKED' ? Date.parse(now.bakedAt) : undefined;
  };
  return await until(look, { within: bakedWithin, every: 50, signal });
}

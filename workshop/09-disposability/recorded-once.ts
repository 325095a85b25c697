import { readOrder } from '../../client/factory/order-client.ts';
import type { ReceivedOrder } from '../../functions/domain/order.ts';
import { faultsAt } from '../experiment/fault-port.ts';
import { handOver, messageOf } from './hand-over.ts';
import type { Factory } from './hurry.ts';
import { orderOf, store } from './kitchen-tickets.ts';

/** How often messages are handed over again until they are baked. */
const handedOverAgain = 4;

/** Hands over the same messages twice, and says how many of their orders were recorded twice. */
export async function twice(
  orders: readonly ReceivedOrder[],
  { snapshot, lambda }: Factory,
): Promise<number | undefined> {
  const { BakingFunction = '', OrderingUrl = '' } = snapshot.outputs();
  const bakedAt = async () => {
    await handOver(lambda, BakingFunction, orders.map(messageOf));
    return await Promise.all(orders.map(({ orderId }) => bakeOf(orderId, OrderingUrl, snapshot.signal)));
  };
  let first = await bakedAt();
  // On a busy machine the function's time may be up before all are baked.
  for (let again = 0; first.includes(undefined) && again < handedOverAgain; again += 1) {
    first = await bakedAt();
  }
  const second = await bakedAt();
  return first.includes(undefined) ? undefined : first.filter((time, i) => time !== second[i]).length;
}

/** Hands over a message about an order that had the same id before; says whether that is recorded of this one. */
export async function ofOtherTime(order: ReceivedOrder, { snapshot, lambda }: Factory): Promise<number | undefined> {
  const { BakingFunction = '', OrderingUrl = '' } = snapshot.outputs();
  const message = messageOf({ ...order, placedAt: new Date(0).toISOString() });
  for (let tries = 0; tries < handedOverAgain; tries += 1) {
    const { end, back } = await handOver(lambda, BakingFunction, [message]);
    if (end === 'answered' && back.length === 0) {
      return (await bakeOf(order.orderId, OrderingUrl, snapshot.signal)) === undefined ? 0 : 1;
    }
  }
  return undefined;
}

/** Milliseconds by which one of two writes is late: longer than it takes to start a process, and less than a function has. */
const lateMs = 700;

/**
 * Hands the same message to two processes at a time, and keeps the write of one on its way until the other has written.
 * Whoever looks first and writes then has looked before that, and writes all the same. Says how many orders were recorded
 * twice: one or none.
 */
export async function toTwoAtATime({ snapshot, lambda, documents }: Factory): Promise<number | undefined> {
  const { BakingFunction = '', OrderTable = '', OrderingUrl = '' } = snapshot.outputs();
  const order = orderOf(1);
  await store(documents, OrderTable, [order]);
  const bakedAt = () => bakeOf(order.orderId, OrderingUrl, snapshot.signal);
  const faults = faultsAt(snapshot.endpoint);
  const fault = await faults.breakCalls({
    ...{ call: 'dynamodb:UpdateItem', function: BakingFunction },
    ...{ times: 1, delayMs: lateMs },
  });
  try {
    const handed = [1, 2].map(() => handOver(lambda, BakingFunction, [messageOf(order)]));
    await Promise.race(handed);
    const first = await bakedAt();
    await Promise.all(handed);
    return first === undefined ? undefined : Number((await bakedAt()) !== first);
  } finally {
    await faults.mendCalls(fault);
  }
}

/** When an order was baked; undefined where it was not. */
async function bakeOf(orderId: string, url: string, signal: AbortSignal): Promise<string | undefined> {
  const order = await readOrder(url, orderId, { signal });
  return order?.status === 'BAKED' ? order.bakedAt : undefined;
}

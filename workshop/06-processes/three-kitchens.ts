import { join } from 'node:path';
import { readOrder } from '../../client/factory/order-client.ts';
import type { Order } from '../../functions/domain/order.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';
import { ServerFleet, type Worker } from '../servers/server-fleet.ts';
import { loadSkew, type StickyBalancer, startStickyBalancer } from '../servers/sticky-balancer.ts';
import { Customer } from './customer.ts';

/** What became of the orders of three kitchens that are servers. */
export interface KitchensSeen {
  readonly placed: number;
  /** Orders that their customers could read while all three kitchens stood. */
  readonly readable: number;
  /** Of these, the ones that they could not read any more when one kitchen was killed. */
  readonly lost: number;
  /** Whether each kitchen, asked directly, knew the orders of all customers. */
  readonly anyKnowsAll: boolean;
  /** What the busiest kitchen had to do, as a multiple of a fair share. */
  readonly skew: number;
}

/** How many orders each customer places: there is always a customer with a wedding. */
export const appetites = [9, 2, 2, 2, 2, 2] as const;

/**
 * Runs the snapshot's ordering as three servers, with the backing services of the deployed function, behind a balancer
 * that keeps each customer with one kitchen. Then the kitchen with the most to do dies.
 */
export async function watchThreeKitchens(
  { signal, folder }: SnapshotUnderTest,
  environment: Readonly<Record<string, string>>,
): Promise<KitchensSeen> {
  const root = join(folder, 'ordering.ts');
  const kitchens = await ServerFleet.start({ workers: 3, signal, root, environment });
  try {
    const { workers } = kitchens;
    const balancer = await startStickyBalancer({ workers });
    try {
      return await watch(kitchens, balancer, signal);
    } finally {
      await balancer.close();
    }
  } finally {
    await kitchens.close();
  }
}

async function watch(kitchens: ServerFleet, balancer: StickyBalancer, signal: AbortSignal): Promise<KitchensSeen> {
  const customers = appetites.map((_, index) => new Customer(`guest-${index}`, balancer.url, signal));
  const placing = customers.map((customer, index) => customer.order(appetites[index] ?? 0));
  const placed = (await Promise.all(placing)).flat();
  const skew = loadSkew(balancer.requests.values());

  const { workers } = kitchens;
  const anyKnowsAll = placed.length > 0 && (await everyoneKnows(workers, placed, signal));
  const readable = await countReadable(customers);
  const [busiest] = [...balancer.requests].sort(([, one], [, other]) => other - one).map(([id]) => ({ id }));
  if (busiest) {
    await kitchens.kill(busiest);
  }
  const left = await countReadable(customers);
  return { placed: placed.length, readable, lost: readable - left, anyKnowsAll, skew };
}

async function everyoneKnows(
  workers: readonly Worker[],
  orders: readonly Order[],
  signal: AbortSignal,
): Promise<boolean> {
  const asking = workers.flatMap(({ url }) => orders.map(({ orderId }) => readOrder(url, orderId, { signal })));
  return (await Promise.all(asking)).every((order) => order !== undefined);
}

async function countReadable(customers: readonly Customer[]): Promise<number> {
  const read = await Promise.all(customers.map((customer) => customer.readAll()));
  return read.flat().length;
}

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type OrderBody, placeOrder, readOrder } from '../../client/factory/order-client.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';
import { ServerFleet } from '../servers/server-fleet.ts';

/** Kitchens that draw the same number for an order. */
export const drawers = 2;

const sameNumber = pathToFileURL(join(import.meta.dirname, 'same-number.ts')).href;

const orderOf = (customer: string): OrderBody => ({ customer, items: [{ recipe: 'sticky-dough', quantity: 1 }] });

/** What became of an order whose number another kitchen drew as well. */
export interface DrawnTwice {
  /** Whether both orders were answered with the same number. */
  readonly isTheSame: boolean;
  /** The kitchens that show the first order by that number. */
  readonly showFirst: number;
}

/** Has two kitchens take an order each, under the same number, and asks both of them for it. */
export async function drawTwice(
  { signal, folder }: SnapshotUnderTest,
  environment: Readonly<Record<string, string>>,
): Promise<DrawnTwice> {
  const kitchens = await ServerFleet.start({
    ...{ workers: drawers, signal, root: join(folder, 'ordering.ts') },
    environment: { ...environment, NODE_OPTIONS: `--import ${sameNumber}` },
  });
  try {
    const numbers: (string | undefined)[] = [];
    for (const [index, { url }] of kitchens.workers.entries()) {
      numbers.push((await placeOrder(url, orderOf(`drawer-${index + 1}`), { signal })).order?.orderId);
    }
    const [number] = numbers;
    const read = number === undefined ? [] : kitchens.workers.map(({ url }) => readOrder(url, number, { signal }));
    const customers = (await Promise.all(read)).map((order) => order?.customer);
    return {
      isTheSame: number !== undefined && numbers.every((one) => one === number),
      showFirst: customers.filter((customer) => customer === 'drawer-1').length,
    };
  } finally {
    await kitchens.close();
  }
}

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type OrderBody, placeOrder, readOrder } from '../../client/factory/order-client.ts';
import { faultsAt } from '../experiment/fault-port.ts';
import { pendingFaults } from '../experiment/pending-faults.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';
import { until } from '../experiment/until.ts';
import { ServerFleet, type Worker } from '../servers/server-fleet.ts';

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

/** How long the first write is held up: long enough for another kitchen to look, to find nothing, and to write. */
const heldUpMs = 1_500;

/**
 * Has two kitchens take an order each, under the same number, and asks both of them for it. While the first is about to write,
 * the second takes its order: whoever looks first, and writes then, finds nothing in its way.
 */
export async function drawTwice(
  { signal, folder, endpoint }: SnapshotUnderTest,
  environment: Readonly<Record<string, string>>,
): Promise<DrawnTwice> {
  const kitchens = await ServerFleet.start({
    ...{ workers: drawers, signal, root: join(folder, 'ordering.ts') },
    environment: { ...environment, NODE_OPTIONS: `--import ${sameNumber}` },
  });
  const faults = faultsAt(endpoint);
  const fault = await faults.breakCalls({ call: 'dynamodb:PutItem', times: 1, delayMs: heldUpMs });
  try {
    const answered: { readonly customer: string; readonly number: string | undefined }[] = [];
    const take = async ({ url }: Worker, customer: string) => {
      const { order } = await placeOrder(url, orderOf(customer), { signal });
      answered.push({ customer, number: order?.orderId });
    };
    const [one, other] = kitchens.workers as [Worker, Worker];
    const first = take(one, 'drawer-1');
    const isAtIt = async () => {
      const { calls } = await pendingFaults(endpoint);
      return answered.length > 0 || !calls.some(({ id }) => id === fault) || undefined;
    };
    await Promise.all([
      first,
      until(isAtIt, { within: 10_000, every: 20, signal }).then(() => take(other, 'drawer-2')),
    ]);

    const [{ customer: winner = '', number } = {}] = answered;
    const read = number === undefined ? [] : kitchens.workers.map(({ url }) => readOrder(url, number, { signal }));
    const customers = (await Promise.all(read)).map((order) => order?.customer);
    return {
      isTheSame: number !== undefined && answered.every((taken) => taken.number === number),
      showFirst: customers.filter((customer) => customer === winner).length,
    };
  } finally {
    await faults.mendCalls(fault);
    await kitchens.close();
  }
}

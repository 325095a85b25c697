import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { placeOrder, readOrder } from '../../client/factory/order-client.ts';
import { until } from '../experiment/until.ts';
import { ServerFleet } from './server-fleet.ts';

const root = join(import.meta.dirname, 'stateful-kitchen.ts');
const order = { customer: 'Ada', items: [{ recipe: 'chocolate-chip', quantity: 3 }] };

async function openKitchens(workers: number): Promise<ServerFleet> {
  const environment = {
    OVEN_MILLISECONDS: '5',
    POWERTOOLS_SERVICE_NAME: 'kitchen',
    POWERTOOLS_METRICS_NAMESPACE: 'Test',
  };
  const fleet = await ServerFleet.start({ root, environment, workers });
  onTestFinished(() => fleet.close());
  return fleet;
}

test('a kitchen answers at once and bakes in the background', async () => {
  const [kitchen] = (await openKitchens(1)).workers;
  const { order: placed } = await placeOrder(kitchen?.url ?? '', order);
  expect(placed).toMatchObject({ status: 'RECEIVED', totalCents: 450 });
  const look = async () => {
    const found = await readOrder(kitchen?.url ?? '', placed?.orderId ?? '');
    return found?.status === 'BAKED' ? found : undefined;
  };
  expect(await until(look, { within: 5_000, every: 10 })).toMatchObject({ voucher: expect.any(String) });
});

test('no other kitchen knows its orders, and they are gone with it', async () => {
  const fleet = await openKitchens(2);
  const [one, other] = fleet.workers;
  const { order: placed } = await placeOrder(one?.url ?? '', order);
  expect(await readOrder(other?.url ?? '', placed?.orderId ?? '')).toBeUndefined();
  const replacement = await fleet.replace(one ?? { id: '' });
  expect(await readOrder(replacement.url, placed?.orderId ?? '')).toBeUndefined();
});

import { followOrder, placeAcceptedOrder } from '../../client/factory/order-client.ts';
import { percentile } from '../../workshop/experiment/percentile.ts';
import type { EndpointUnderTest } from './endpoint-under-test.ts';
import { bytesPerMb, memorySamples } from './memory-samples.ts';
import { type Burst, bakedAt, bodyOf, burst, type Factory, openFactory } from './order-load.ts';
import { type Sample, sample } from './sample.ts';

const oneByOneCount = 50;

/** How many orders are placed at the same time. */
const concurrencies = [4, 20] as const;

/** Orders with an oven of 0 ms: how long one takes, how many a second come through, and what each costs. */
export async function measureOrders(endpoint: EndpointUnderTest, count: number): Promise<readonly Sample[]> {
  const factory = await openFactory(endpoint);
  // What starts and compiles in the first orders is measured by itself: as a cold start.
  await burst(factory, Math.ceil(count / 4), Math.max(...concurrencies));
  const samples = await oneByOne(factory);
  for (const concurrency of concurrencies) {
    samples.push(...samplesOf(`${concurrency} at a time`, await burst(factory, count, concurrency)));
  }
  const times = await endpoint.times();
  const functions = times?.functionMemory;
  samples.push(
    sample('memory of the endpoint after the orders', 'MB', times && times.ownBytes / bytesPerMb),
    ...memorySamples('memory of an environment after the orders', functions),
    sample('environments after the orders', 'processes', functions?.length),
  );
  return samples;
}

/** With an idempotency key, as the factory's own clients place them; each waits until the one before is BAKED. */
async function oneByOne({ endpoint, outputs }: Factory): Promise<Sample[]> {
  const latencies: number[] = [];
  const before = await endpoint.calls();
  for (let i = 0; i < oneByOneCount; i++) {
    const options = { endpoint: endpoint.url };
    const { orderId } = await placeAcceptedOrder(outputs.OrderingUrl, bodyOf('one-by-one'), options);
    const { order } = await followOrder(outputs.OrderingUrl, orderId, options);
    latencies.push(bakedAt(order) - Date.parse(order.placedAt));
  }
  const after = await endpoint.calls();
  const writes = writesIn(
    before &&
      after &&
      new Map(Object.entries(after).map(([name, n]) => [name, (n - (before[name] ?? 0)) / oneByOneCount])),
  );
  return [
    sample('order to BAKED, one after another, p50', 'ms', percentile(latencies, 0.5)),
    sample('order to BAKED, one after another, p99', 'ms', percentile(latencies, 0.99)),
    sample('calls an order with an idempotency key', 'calls', writes),
  ];
}

function samplesOf(how: string, { ordersPerSecond, endpointMs, functionsMs, clientMs, limit, calls }: Burst): Sample[] {
  return [
    sample(`orders a second, ${how}`, '/s', ordersPerSecond),
    sample(`... the limit that the CPU of the functions sets, ${how}`, '/s', limit),
    sample(`CPU an order in the endpoint, ${how}`, 'ms', endpointMs),
    sample(`CPU an order in functions, ${how}`, 'ms', functionsMs),
    sample(`CPU an order in the client, ${how}`, 'ms', clientMs),
    sample(`calls an order without a key, ${how}`, 'calls', writesIn(calls)),
  ];
}

/** What is called for each order. What is called now and then, for many orders at a time, is no order's own. */
const ofOrders = ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'sqs:SendMessage'];

const writesIn = (calls: ReadonlyMap<string, number> | undefined): number | undefined =>
  calls && ofOrders.reduce((sum, name) => sum + (calls.get(name) ?? 0), 0);

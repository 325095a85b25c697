import type { EndpointUnderTest } from './endpoint-under-test.ts';
import { burst, openFactory } from './order-load.ts';
import { type Sample, sample } from './sample.ts';

const marks = [1_000, 10_000, 50_000] as const;
const concurrency = 4;
const sampled = 300;

/** Whether an order costs more where there are many: some at each mark, in a factory that has as many orders as it says. */
export async function measureGrowth(endpoint: EndpointUnderTest, signal: AbortSignal): Promise<readonly Sample[]> {
  const factory = await openFactory(endpoint);
  const samples: Sample[] = [];
  let orders = 0;
  for (const mark of marks) {
    for (; orders + sampled <= mark; orders += sampled) {
      signal.throwIfAborted();
      await burst(factory, sampled, concurrency);
    }
    const { ordersPerSecond, endpointMs } = await burst(factory, sampled, concurrency);
    orders += sampled;
    const times = await endpoint.times();
    samples.push(
      sample(`orders a second, with ${mark} orders`, '/s', ordersPerSecond),
      sample(`CPU an order in the endpoint, with ${mark} orders`, 'ms', endpointMs),
      sample(`memory of the endpoint, with ${mark} orders`, 'MB', times && times.ownBytes / 2 ** 20),
    );
  }
  return samples;
}

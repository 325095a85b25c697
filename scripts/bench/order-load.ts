import { availableParallelism } from 'node:os';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { clientConfiguration } from '../../client/endpoint/client-configuration.ts';
import { fetchFrom } from '../../client/endpoint/http-request.ts';
import { type FactoryOutputs, factoryOutputs } from '../../client/factory/deployed-factory.ts';
import { followOrder, type Order, placeOrder } from '../../client/factory/order-client.ts';
import type { EndpointUnderTest } from './endpoint-under-test.ts';

/** The deployed factory of an endpoint. */
export interface Factory {
  readonly endpoint: EndpointUnderTest;
  readonly outputs: FactoryOutputs;
}

/** What some orders took, from the first POST to the last of them BAKED. */
export interface Burst {
  readonly ordersPerSecond: number;
  /** CPU of one order, in ms; undefined where it cannot be known. */
  readonly endpointMs: number | undefined;
  readonly functionsMs: number | undefined;
  readonly clientMs: number;
  /** Orders a second for which the CPU of the functions alone takes all cores. */
  readonly limit: number | undefined;
  /** Calls to the endpoint for one order, by `service:Operation`; undefined where it does not count them. */
  readonly calls: ReadonlyMap<string, number> | undefined;
}

/** The factory with an oven that takes no time: what is left is what the software takes. */
export async function openFactory(endpoint: EndpointUnderTest): Promise<Factory> {
  const outputs = await factoryOutputs(endpoint.url);
  if (!outputs) {
    throw new Error(`The factory is not deployed at ${endpoint.url}.`);
  }
  const client = new SSMClient(clientConfiguration(endpoint.url));
  const Name = outputs['OvenTimeParameter'];
  await client.send(new PutParameterCommand({ Name, Value: '0', Overwrite: true }));
  client.destroy();
  return { endpoint, outputs };
}

export const bodyOf = (customer: string) => ({ customer, items: [{ recipe: 'chocolate-chip', quantity: 1 }] });

/** When an order was baked; not a number where it is not. */
export const bakedAt = (order: Order): number => (order.status === 'BAKED' ? Date.parse(order.bakedAt) : Number.NaN);

/** Places orders, a number at a time, and waits until all are BAKED. */
export async function burst(factory: Factory, count: number, concurrency: number): Promise<Burst> {
  const { endpoint } = factory;
  const customer = `bench-${crypto.randomUUID()}`;
  const [times, calls] = [await endpoint.times(), await endpoint.calls()];
  const client = process.cpuUsage();
  const start = Date.now();
  await placeAll(factory, customer, count, concurrency);
  const last = Math.max(...(await allBaked(factory, customer, count)).map(bakedAt));
  const { user, system } = process.cpuUsage(client);
  const [timesAfter, callsAfter] = [await endpoint.times(), await endpoint.calls()];
  const each = (after: number, before: number) => (after - before) / count;
  const functionsMs = times && timesAfter && each(timesAfter.descendantsMs, times.descendantsMs);
  return {
    ordersPerSecond: count / ((last - start) / 1000),
    endpointMs: times && timesAfter && each(timesAfter.ownMs, times.ownMs),
    functionsMs,
    clientMs: (user + system) / 1000 / count,
    limit: functionsMs && (1000 * availableParallelism()) / functionsMs,
    calls:
      calls &&
      callsAfter &&
      new Map(Object.entries(callsAfter).map(([name, total]) => [name, each(total, calls[name] ?? 0)])),
  };
}

async function placeAll({ endpoint, outputs }: Factory, customer: string, count: number, concurrency: number) {
  let left = count;
  const place = async () => {
    while (left > 0) {
      left -= 1;
      const { status, refusal } = await placeOrder(outputs.OrderingUrl, bodyOf(customer), { endpoint: endpoint.url });
      if (status !== 202) {
        throw new Error(`An order was answered ${status}: ${refusal}`);
      }
    }
  };
  await Promise.all(Array.from({ length: concurrency }, place));
}

async function allBaked(factory: Factory, customer: string, count: number): Promise<Order[]> {
  const { endpoint, outputs } = factory;
  const orders = await listOrders(factory, customer);
  for (const { orderId } of orders.filter(({ status }) => status !== 'BAKED')) {
    await followOrder(outputs.OrderingUrl, orderId, { endpoint: endpoint.url });
  }
  const baked = await listOrders(factory, customer);
  if (baked.length !== count || baked.some(({ status }) => status !== 'BAKED')) {
    throw new Error(`Of ${count} orders ${baked.length} were kept, not all of them BAKED.`);
  }
  return baked;
}

async function listOrders({ endpoint, outputs }: Factory, customer: string): Promise<Order[]> {
  const orders: Order[] = [];
  for (let next: string | undefined = ''; next !== undefined; ) {
    const url = new URL('/orders', outputs.OrderingUrl);
    url.search = new URLSearchParams({ customer, limit: '100', ...(next && { next }) }).toString();
    const page = (await (await fetchFrom(url, {}, endpoint.url)).json()) as { orders: Order[]; next?: string };
    orders.push(...page.orders);
    next = page.next;
  }
  return orders;
}

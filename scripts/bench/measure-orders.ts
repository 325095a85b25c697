import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { clientConfiguration } from '../../client/endpoint/client-configuration.ts';
import { fetchFrom } from '../../client/endpoint/http-request.ts';
import { type FactoryOutputs, factoryOutputs } from '../../client/factory/deployed-factory.ts';
import {
  accepted,
  followOrder,
  type Order,
  placeAcceptedOrder,
  placeOrders,
} from '../../client/factory/order-client.ts';
import { percentile } from '../../workshop/experiment/percentile.ts';
import type { EndpointProcess } from './endpoint-process.ts';
import { atLeast, atMost, type Figure, shown } from './figure.ts';

const oneByOneCount = 100;
const atOnce = 1_000;
const concurrency = 20;

/** Orders with an oven of 0 ms: how long one takes from its POST to BAKED, and how many a second come through. */
export async function measureOrders(endpoint: EndpointProcess): Promise<readonly Figure[]> {
  const factory = await factoryOutputs(endpoint.url);
  if (!factory) {
    throw new Error('The factory is not deployed.');
  }
  await setOvenTime(endpoint.url, factory, 0);
  const latencies = await ordersOneByOne(factory);
  const coldSeconds = await ordersAtOnce(factory);
  const before = await endpoint.health();
  const seconds = await ordersAtOnce(factory);
  const after = await endpoint.health();
  const calls = (operation: string) => (after.calls[operation] ?? 0) - (before.calls[operation] ?? 0);
  const ofOrders = ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'sqs:SendMessage'];
  return [
    atMost('order to BAKED with an oven of 0 ms, p50', percentile(latencies, 0.5) ?? Number.NaN, 100, 'ms'),
    // The first round starts an environment for each connection, which takes a good part of it.
    shown(`${atOnce} orders at concurrency ${concurrency}, cold`, atOnce / coldSeconds, 'orders/s'),
    atLeast(`${atOnce} orders at concurrency ${concurrency}, warm`, atOnce / seconds, 120, 'orders/s'),
    atMost('DynamoDB and SQS calls an order', sum(ofOrders.map(calls)) / atOnce, 6, 'calls'),
    // Not an order's own: analytics writes what the log says of many orders at a time,
    shown('... and writings of the log pipeline', calls('dynamodb:BatchWriteItem') / atOnce, 'calls'),
    // and each process reads the book and the oven's time when its copy has come of age, however many orders there are.
    shown('... and readings of the recipe book and the oven time', calls('ssm:GetParameter') / atOnce, 'calls'),
  ];
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const bodyOf = (customer: string) => ({ customer, items: [{ recipe: 'chocolate-chip', quantity: 1 }] });

/** When an order was baked; not a number where it is not. */
const bakedAt = (order: Order): number => (order.status === 'BAKED' ? Date.parse(order.bakedAt) : Number.NaN);

async function ordersOneByOne({ OrderingUrl }: FactoryOutputs): Promise<number[]> {
  const latencies: number[] = [];
  for (let i = 0; i < oneByOneCount; i++) {
    const { orderId } = await placeAcceptedOrder(OrderingUrl, bodyOf('one-by-one'));
    const { order } = await followOrder(OrderingUrl, orderId);
    latencies.push(bakedAt(order) - Date.parse(order.placedAt));
  }
  return latencies;
}

/** Seconds from the first POST to the last order BAKED. */
async function ordersAtOnce({ OrderingUrl }: FactoryOutputs): Promise<number> {
  const customer = `bench-${Date.now()}`;
  const start = Date.now();
  const placed = await placeOrders(OrderingUrl, atOnce, { concurrency, body: () => bodyOf(customer) });
  if (accepted(placed).length !== atOnce) {
    throw new Error(`Of ${atOnce} orders only ${accepted(placed).length} were accepted.`);
  }
  const orders = await listAll(OrderingUrl, customer);
  for (const { orderId } of orders.filter(({ status }) => status !== 'BAKED')) {
    await followOrder(OrderingUrl, orderId);
  }
  const baked = (await listAll(OrderingUrl, customer)).map(bakedAt);
  if (baked.length !== atOnce) {
    throw new Error(`Of ${atOnce} orders ${baked.length} were kept.`);
  }
  return (Math.max(...baked) - start) / 1000;
}

async function listAll(orderingUrl: string, customer: string): Promise<Order[]> {
  const orders: Order[] = [];
  for (let next: string | undefined = ''; next !== undefined; ) {
    const url = new URL('/orders', orderingUrl);
    url.searchParams.set('customer', customer);
    url.searchParams.set('limit', '100');
    if (next) {
      url.searchParams.set('next', next);
    }
    const page = (await (await fetchFrom(url)).json()) as { orders: Order[]; next?: string };
    orders.push(...page.orders);
    next = page.next;
  }
  return orders;
}

async function setOvenTime(endpoint: string, factory: FactoryOutputs, milliseconds: number): Promise<void> {
  const client = new SSMClient(clientConfiguration(endpoint));
  const Name = factory['OvenTimeParameter'];
  await client.send(new PutParameterCommand({ Name, Value: String(milliseconds), Overwrite: true }));
  client.destroy();
}

import { LambdaClient } from '@aws-sdk/client-lambda';
import { fetchFrom } from '../../client/endpoint/http-request.ts';
import { deployedEnvironment } from '../../client/factory/function-environment.ts';
import { accepted, type OrderBody, placeOrders, readOrder } from '../../client/factory/order-client.ts';
import type { Order } from '../../functions/domain/order.ts';
import { deployOtherwise } from '../experiment/deploy-otherwise.ts';
import { experiment } from '../experiment/experiment.ts';
import { faultsAt } from '../experiment/fault-port.ts';
import { atLeast, exactly, yes } from '../experiment/requirement.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';
import { drawers, drawTwice } from './drawn-twice.ts';
import { appetites, watchThreeKitchens } from './three-kitchens.ts';

/** As many customers at a time as there are ovens, so that no customer is sent away. */
const atATime = 4;
const trays = 32;
const guests = appetites.reduce<number>((sum, orders) => sum + orders, 0);

/** Eight cookies keep an environment busy for long enough that the next customer needs another one. */
const tray = (index: number): OrderBody => ({
  customer: `customer-${index}`,
  items: [{ recipe: 'sticky-dough', quantity: 8 }],
});

export const proof = experiment({
  question: 'Does an order outlive the process that took it, and can any process answer for it?',
  headline: '{readable.before} of orders could be read back; now {readable.after}.',
  needs: ['faults'],
  observables: {
    readable: {
      kind: 'gate',
      title: 'orders that can be read back',
      unit: '%',
      must: exactly(100),
      lookAt:
        'Whatever is made in a module, or written to /tmp, belongs to one process: is `orders` in ordering.ts the table, and does `find` read from it?',
    },
    diedWith: {
      kind: 'gate',
      title: 'orders lost when the environments die',
      must: exactly(0),
      lookAt: 'An order is safe when `add` has written it to the table and has waited for that, and not before.',
    },
    deployedAway: {
      kind: 'gate',
      title: 'orders lost when the function is deployed again',
      must: exactly(0),
      lookAt: 'A deploy starts new processes. What they cannot find was in the old ones.',
    },
    counted: {
      kind: 'gate',
      title: '/metrics counts as many orders as were sent',
      must: yes,
      lookAt:
        'A counter in memory counts what one process did: let `metricsPage` take the census of the table, and let `add` wait for its write.',
    },
    firstKept: {
      kind: 'gate',
      title: `kitchens of ${drawers} that keep the first order, when both draw the same number`,
      must: exactly(drawers),
      lookAt:
        'The second order overwrote the first: the write itself must carry the condition `attribute_not_exists`. To look first, and then write, leaves a gap between.',
    },
    kitchenLost: {
      kind: 'gate',
      title: 'orders lost when one of three kitchens is killed',
      must: exactly(0),
      lookAt: 'Some order was in the memory or on the disk of the kitchen that died.',
    },
    anyKitchen: {
      kind: 'gate',
      title: 'any kitchen can answer for any customer',
      must: yes,
      lookAt:
        'A kitchen was asked for an order that another one took, and did not know it: does `find` read from the table?',
    },
    accepted: {
      kind: 'guard',
      title: 'orders accepted',
      must: exactly(trays),
      lookAt:
        'Ordering refused or failed: does the stack give it the table (`orders` of `Kitchen`), and is the name read from `bakingEnv.orderTable`?',
    },
    environments: { kind: 'guard', timed: true, title: 'environments that served', must: atLeast(3) },
    readBeforeDeath: {
      kind: 'guard',
      title: 'orders readable before the environments died',
      must: atLeast(1),
      lookAt: '`find` found nothing at all: is it the same table, and the same key, that `add` writes to?',
    },
    readBeforeDeploy: { kind: 'guard', title: 'orders readable before the deploy', must: atLeast(1) },
    guests: { kind: 'guard', title: 'orders that stuck to a kitchen and were readable there', must: exactly(guests) },
    drawnTwice: { kind: 'guard', title: 'both kitchens answered with the same number', must: yes },
    skew: { kind: 'shown', title: 'load on the busiest kitchen (1 = its fair share)' },
    tally: { kind: 'shown', title: 'orders that /metrics counted' },
  },
  async *observe(snapshot) {
    const lambda = new LambdaClient(snapshot.clients);
    try {
      yield await watchEnvironments(snapshot, lambda);
      yield await watchServers(snapshot, lambda);
    } finally {
      lambda.destroy();
    }
  },
});

/** The kitchen as a function: as many processes as Lambda likes, for as long as Lambda likes. */
async function watchEnvironments(snapshot: SnapshotUnderTest, lambda: LambdaClient) {
  const { signal, report } = snapshot;
  const { OrderingUrl: url = '', OrderingFunction: ordering = '' } = snapshot.outputs();
  const faults = faultsAt(snapshot.endpoint);
  // What an earlier look left in a process's memory is not to be counted.
  await faults.kill(ordering);
  const countedBefore = await countOrders(snapshot);

  report('placing orders with four customers at a time');
  const orders = accepted(await placeOrders(url, trays, { concurrency: atATime, body: tray, signal }));
  const environments = (await faults.environments(ordering)).length;
  const readable = await readAll(url, orders, signal);
  const tally = (await countOrders(snapshot)) - countedBefore;

  report('killing the environments');
  await faults.kill(ordering);
  const survivors = await readAll(url, readable, signal);

  report('deploying the function again');
  const few = accepted(await placeOrders(url, 3, { concurrency: 1, signal }));
  const readBeforeDeploy = await readAll(url, few, signal);
  const takeBack = await deployOtherwise(lambda, ordering, { description: 'Deployed again' });
  const readAfterDeploy = await readAll(url, readBeforeDeploy, signal).finally(takeBack);

  return {
    readable: orders.length > 0 ? (100 * readable.length) / orders.length : Number.NaN,
    diedWith: readable.length - survivors.length,
    deployedAway: readBeforeDeploy.length - readAfterDeploy.length,
    counted: tally === orders.length,
    accepted: orders.length,
    environments,
    readBeforeDeath: readable.length,
    readBeforeDeploy: readBeforeDeploy.length,
    tally,
  };
}

/** The kitchen as servers: two that draw the same number, and three, each customer with one of them. */
async function watchServers(snapshot: SnapshotUnderTest, lambda: LambdaClient) {
  const { OrderingFunction = '' } = snapshot.outputs();
  const environment = await deployedEnvironment(OrderingFunction, lambda, snapshot.clients);
  snapshot.report('having two kitchens draw the same number');
  const { isTheSame, showFirst } = await drawTwice(snapshot, environment);
  snapshot.report('opening three kitchens behind a balancer with cookies');
  const { readable, lost, anyKnowsAll, skew } = await watchThreeKitchens(snapshot, environment);
  return {
    ...{ drawnTwice: isTheSame, firstKept: showFirst },
    ...{ kitchenLost: lost, anyKitchen: anyKnowsAll, guests: readable, skew },
  };
}

/** Asks after orders one by one, and returns those that the answering process knew of. */
async function readAll(url: string, orders: readonly Order[], signal: AbortSignal): Promise<Order[]> {
  const known: Order[] = [];
  for (const { orderId } of orders) {
    const order = await readOrder(url, orderId, { signal });
    if (order) {
      known.push(order);
    }
  }
  return known;
}

/** How many orders there are, by the page of numbers, wherever that is. */
async function countOrders(snapshot: SnapshotUnderTest): Promise<number> {
  const { OrderingUrl = '', MetricsUrl = OrderingUrl } = snapshot.outputs();
  const response = await fetchFrom(new URL('/metrics', MetricsUrl), { signal: snapshot.signal });
  if (!response.ok) {
    throw new Error(`GET /metrics was answered ${response.status}: ${await response.text()}`);
  }
  const { orders } = (await response.json()) as { orders: Record<'RECEIVED' | 'BAKED', number> };
  return orders.RECEIVED + orders.BAKED;
}

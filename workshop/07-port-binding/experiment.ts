import { IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { type OrderBody, placeOrders } from '../../client/factory/order-client.ts';
import { experiment } from '../experiment/experiment.ts';
import { type EnvironmentInfo, type Faults, faultsAt } from '../experiment/fault-port.ts';
import { atLeast, exactly, yes } from '../experiment/requirement.ts';
import { actionsOn, letsIn } from '../experiment/role-actions.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';
import { until } from '../experiment/until.ts';
import { scrape, wasSlow } from './scrapers.ts';
import { knockAtPorts, type Services, servicesOf, statusOf } from './services.ts';

/** As many orders at a time as there are ovens. */
const ovens = 4;
const scrapers = 8;
const orders = 12;
const inFlight = 2;

/** Fifty cookies take a second, so that a kill falls into the middle of them. */
const wedding = (index: number): OrderBody => ({
  customer: `wedding-${index}`,
  items: [{ recipe: 'smores', quantity: 50 }],
});

export const proof = experiment({
  question: 'Can the metrics be read, or fail, without an effect on orders?',
  needs: ['faults', 'reserved concurrency'],
  observables: {
    publicMetrics: {
      kind: 'gate',
      title: 'GET /metrics at the URL of ordering',
      must: exactly('404'),
      lookAt: 'The page of the numbers is still among the routes of ordering.ts.',
    },
    writes: {
      kind: 'gate',
      title: 'kinds of writes to the orders that the metrics are allowed',
      must: exactly(0),
      lookAt: 'The role of MetricsFunction may do more than count: it needs `OrderTable.bindMetrics`, and no other.',
    },
    refused: {
      kind: 'gate',
      timed: 'if missing',
      title: 'orders refused (429) while 8 scrapers measure',
      must: exactly(0),
      lookAt: 'The scrapers hold the processes that take orders: is MetricsUrl the URL of a function of its own?',
    },
    failed: {
      kind: 'gate',
      timed: 'if missing',
      title: 'orders failed when the metrics are killed',
      must: exactly(0),
      lookAt: 'Orders and numbers are in the same processes: is MetricsFunction the name of a function of its own?',
    },
    apart: {
      kind: 'gate',
      title: 'as servers: orders and numbers on ports of their own',
      must: yes,
      lookAt:
        'Each of metrics.ts and ordering.ts is started as a server: metrics.ts must answer /metrics and not /recipes, and ordering.ts the other way round.',
    },
    answered: {
      kind: 'guard',
      title: 'orders accepted or refused, and nothing else',
      must: exactly(orders),
      lookAt: 'An order failed: ordering.ts needs what it needed before, but for the census.',
    },
    numbers: {
      kind: 'guard',
      title: 'GET /metrics at MetricsUrl, and at OrderingUrl where that is missing',
      must: exactly('200'),
      lookAt:
        'Does stack.ts put out the MetricsUrl of the new service, does metrics.ts have the route and come to an end, and is the table bound to the function?',
    },
    slow: {
      kind: 'guard',
      timed: true,
      title: 'scrapes that took their two seconds',
      must: atLeast(ovens),
      lookAt: '`GET /metrics?seconds=2` fails at MetricsUrl: is the timeout of the function longer than the scrape?',
    },
    killed: {
      kind: 'guard',
      timed: true,
      title: 'environments of the metrics that were killed',
      must: atLeast(1),
      lookAt: 'MetricsFunction must name the function that MetricsUrl leads to.',
    },
    atWork: {
      kind: 'guard',
      timed: true,
      title: 'orders and scrapes at work at that moment',
      must: atLeast(inFlight + 1),
    },
    served: {
      kind: 'guard',
      title: 'as servers: orders and numbers answered, on some port',
      must: exactly(2),
      lookAt:
        'A server of metrics.ts or of ordering.ts answers 200 to neither: `export const handler` of each must stand alone.',
    },
    ports: { kind: 'shown', title: 'as servers: ports that answer' },
  },
  async *observe(snapshot) {
    const services = servicesOf(snapshot);
    const faults = faultsAt(snapshot.endpoint);
    const [publicMetrics, numbers] = await Promise.all(
      [services.shop, services.numbers].map(({ url }) => statusOf(url, '/metrics', snapshot.signal)),
    );
    yield { publicMetrics, numbers, writes: await writesOf(snapshot, services) };
    const { scraping, ...found } = await orderAmongScrapers(snapshot, services, faults);
    // The scrapers measure for a while yet, and servers share nothing with them but the table.
    const [served, scrapes] = await Promise.all([serve(snapshot, services), scraping]);
    yield { ...found, ...served, slow: scrapes.filter(wasSlow).length };
    yield await orderWhileMetricsDie(snapshot, services, faults);
  },
});

const writing = ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'].map((action) => `dynamodb:${action}`);

/** How many kinds of writes to the orders the role of the metrics allows. */
async function writesOf({ clients, outputs }: SnapshotUnderTest, { numbers }: Services): Promise<number> {
  const [iam, lambda] = [new IAMClient(clients), new LambdaClient(clients)];
  try {
    const allowed = await actionsOn({ iam, lambda }, numbers.functionName, outputs()['OrderTable'] ?? '');
    return writing.filter((action) => letsIn(allowed, action)).length;
  } finally {
    iam.destroy();
    lambda.destroy();
  }
}

/** Customers order while more scrapers measure than there are ovens; the scrapers may not be done. */
async function orderAmongScrapers({ signal, report }: SnapshotUnderTest, services: Services, faults: Faults) {
  const { shop, numbers } = services;
  report('opening all the ovens');
  await placeOrders(shop.url, ovens, { concurrency: ovens, signal });
  report(`placing orders while ${scrapers} scrapers measure`);
  const scraping = scrape(numbers.url, scrapers, signal);
  await busyFor([numbers.functionName], ovens, faults, signal);
  const first = await placeOrders(shop.url, inFlight, { concurrency: inFlight, signal });
  const held = await busyOf([numbers.functionName], faults);
  const placed = [...first, ...(await placeOrders(shop.url, orders - inFlight, { concurrency: inFlight, signal }))];
  const refused = placed.filter(({ status }) => status === 429).length;
  const accepted = placed.filter(({ status }) => status === 202).length;
  return {
    // That none was refused says something where the scrapers were still at it when the first were answered.
    refused: refused > 0 || held.length >= ovens ? refused : undefined,
    answered: refused + accepted,
    scraping,
  };
}

/** The experiment kills whatever runs the metrics, while orders are being baked. */
async function orderWhileMetricsDie({ signal, report }: SnapshotUnderTest, services: Services, faults: Faults) {
  const { shop, numbers } = services;
  report('killing the metrics while orders are baked');
  const scraping = scrape(numbers.url, 1, signal);
  const ordering = placeOrders(shop.url, inFlight, { concurrency: inFlight, body: wedding, signal });
  const atWork = await busyFor([shop.functionName, numbers.functionName], inFlight + 1, faults, signal);
  const baking = await busyOf([shop.functionName], faults);
  const killed = await faults.kill(numbers.functionName);
  const alive = (await faults.environments(shop.functionName)).map(({ id }) => id);
  const failed = (await ordering).filter(({ status }) => status !== 202).length;
  await scraping;
  // That none failed says something where what baked them outlived the kill, and was not done before it.
  const outlived = baking.length >= inFlight && baking.every(({ id }) => alive.includes(id));
  return { failed: failed > 0 || outlived ? failed : undefined, killed, atWork };
}

/** The same services as servers. */
async function serve(snapshot: SnapshotUnderTest, services: Services) {
  snapshot.report('starting the services as servers');
  const { shop, numbers } = await knockAtPorts(snapshot, services);
  const apart = shop.length === 1 && numbers.length === 1 && shop[0] !== numbers[0];
  const served = Math.min(shop.length, 1) + Math.min(numbers.length, 1);
  return { apart, served, ports: new Set([...shop, ...numbers]).size };
}

/** Waits until a number of environments of some functions are at work, and says how many are; fewer, where it takes too long. */
async function busyFor(
  functionNames: readonly string[],
  wanted: number,
  faults: Faults,
  signal: AbortSignal,
): Promise<number> {
  let busy = 0;
  const look = async () => {
    busy = (await busyOf(functionNames, faults)).length;
    return busy >= wanted || undefined;
  };
  await until(look, { within: 5_000, every: 10, signal });
  return busy;
}

/** The environments of some functions that are at work now. */
async function busyOf(functionNames: readonly string[], faults: Faults): Promise<readonly EnvironmentInfo[]> {
  const environments = await Promise.all([...new Set(functionNames)].map((name) => faults.environments(name)));
  return environments.flat().filter(({ busy }) => busy);
}

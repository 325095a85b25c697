import { type OrderBody, placeOrders } from '../../client/factory/order-client.ts';
import { experiment } from '../experiment/experiment.ts';
import { type Faults, faultsAt } from '../experiment/fault-port.ts';
import { atLeast, exactly, yes } from '../experiment/requirement.ts';
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
    publicMetrics: { kind: 'gate', title: 'GET /metrics at the URL of ordering', must: exactly('404') },
    refused: { kind: 'gate', timed: true, title: 'orders refused (429) while 8 scrapers measure', must: exactly(0) },
    failed: { kind: 'gate', title: 'orders failed when the metrics are killed', must: exactly(0) },
    apart: { kind: 'gate', title: 'as servers: orders and numbers on ports of their own', must: yes },
    answered: { kind: 'guard', title: 'orders accepted or refused, and nothing else', must: exactly(orders) },
    slow: { kind: 'guard', timed: true, title: 'scrapes that took their two seconds', must: atLeast(ovens) },
    killed: { kind: 'guard', timed: true, title: 'environments of the metrics that were killed', must: atLeast(1) },
    atWork: {
      kind: 'guard',
      timed: true,
      title: 'orders and scrapes at work at that moment',
      must: atLeast(inFlight + 1),
    },
    served: { kind: 'guard', title: 'as servers: orders and numbers answered, on some port', must: exactly(2) },
    ports: { kind: 'shown', title: 'as servers: ports that answer' },
  },
  async observe(snapshot) {
    const services = servicesOf(snapshot);
    const faults = faultsAt(snapshot.endpoint);
    const publicMetrics = await statusOf(services.shop.url, '/metrics', snapshot.signal);
    return {
      publicMetrics: String(publicMetrics),
      ...(await orderAmongScrapers(snapshot, services, faults)),
      ...(await orderWhileMetricsDie(snapshot, services, faults)),
      ...(await serve(snapshot, services)),
    };
  },
});

/** Customers order while more scrapers measure than there are ovens. */
async function orderAmongScrapers({ signal, report }: SnapshotUnderTest, services: Services, faults: Faults) {
  const { shop, numbers } = services;
  report('opening all the ovens');
  await placeOrders(shop.url, ovens, { concurrency: ovens, signal });
  report(`placing orders while ${scrapers} scrapers measure`);
  const scraping = scrape(numbers.url, scrapers, signal);
  await busyFor([numbers.functionName], ovens, faults, signal);
  const placed = await placeOrders(shop.url, orders, { concurrency: 2, signal });
  const refused = placed.filter(({ status }) => status === 429).length;
  const accepted = placed.filter(({ status }) => status === 202).length;
  return { refused, answered: refused + accepted, slow: (await scraping).filter(wasSlow).length };
}

/** The experiment kills whatever runs the metrics, while orders are being baked. */
async function orderWhileMetricsDie({ signal, report }: SnapshotUnderTest, services: Services, faults: Faults) {
  const { shop, numbers } = services;
  report('killing the metrics while orders are baked');
  const scraping = scrape(numbers.url, 1, signal);
  const ordering = placeOrders(shop.url, inFlight, { concurrency: inFlight, body: wedding, signal });
  const atWork = await busyFor([shop.functionName, numbers.functionName], inFlight + 1, faults, signal);
  const killed = await faults.kill(numbers.functionName);
  const placed = await ordering;
  await scraping;
  return { failed: placed.filter(({ status }) => status !== 202).length, killed, atWork };
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
  const names = [...new Set(functionNames)];
  let busy = 0;
  const look = async () => {
    const environments = await Promise.all(names.map((name) => faults.environments(name)));
    busy = environments.flat().filter((environment) => environment.busy).length;
    return busy >= wanted || undefined;
  };
  await until(look, { within: 5_000, every: 10, signal });
  return busy;
}

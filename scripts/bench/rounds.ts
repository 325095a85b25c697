import type { EndpointUnderTest } from './endpoint-under-test.ts';
import { measureColdStart } from './measure-cold-start.ts';
import { type Assembly, bootstrap, measureDeploy, removeFactory, synthesise } from './measure-deploy.ts';
import { measureEventStream } from './measure-event-stream.ts';
import { measureFloorPage } from './measure-floor-page.ts';
import { measureGrowth } from './measure-growth.ts';
import { measureInvoke } from './measure-invoke.ts';
import { measureOrders } from './measure-orders.ts';
import { measureStart } from './measure-start.ts';
import { type Sample, sample } from './sample.ts';

export interface RoundsOptions {
  readonly rounds: number;
  readonly orders: number;
  readonly growth: boolean;
  readonly signal: AbortSignal;
}

/**
 * Has each endpoint do the same work in every round, and returns the samples of each. The endpoints take turns, and which of them
 * begins changes from round to round: what else the machine does falls on all of them alike.
 */
export async function measureRounds(
  endpoints: readonly EndpointUnderTest[],
  { rounds, orders, growth, signal }: RoundsOptions,
): Promise<readonly (readonly Sample[])[]> {
  const samples = new Map(endpoints.map((endpoint) => [endpoint, [] as Sample[]]));
  const [first] = endpoints;
  if (!first) {
    return [];
  }
  const assembly = await synthesise(first, signal);
  try {
    for (const endpoint of endpoints) {
      await bootstrap(endpoint, assembly, signal);
    }
    for (let round = 0; round < rounds; round++) {
      for (const endpoint of turned(endpoints, round)) {
        console.error(`round ${round + 1} of ${rounds}: ${endpoint.name}`);
        const isLast = round === rounds - 1;
        const found = await measureRound(endpoint, assembly, { orders, growth: growth && isLast, signal });
        samples.get(endpoint)?.push(...found);
      }
    }
  } finally {
    await assembly.remove();
  }
  return [...samples.values()];
}

/** A list that begins with another of its members, each time it is turned. */
const turned = <T>(list: readonly T[], times: number): T[] => {
  const by = times % list.length;
  return [...list.slice(by), ...list.slice(0, by)];
};

async function measureRound(
  endpoint: EndpointUnderTest,
  assembly: Assembly,
  { orders, growth, signal }: Omit<RoundsOptions, 'rounds'>,
): Promise<Sample[]> {
  const idle = await endpoint.times();
  const samples = [sample('memory of the endpoint before a deploy', 'MB', idle && idle.ownBytes / 2 ** 20)];
  const measures = [
    () => measureInvoke(endpoint),
    () => measureDeploy(endpoint, assembly, signal),
    () => measureColdStart(endpoint),
    () => measureOrders(endpoint, orders),
    ...(endpoint.isOwn ? [() => measureStart(signal), measureEventStream, measureFloorPage] : []),
    ...(growth ? [() => measureGrowth(endpoint, signal)] : []),
  ];
  for (const measure of measures) {
    signal.throwIfAborted();
    samples.push(...(await measure()));
  }
  await removeFactory(endpoint, signal);
  return samples;
}

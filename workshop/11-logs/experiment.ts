import { CloudWatchLogsClient, DescribeSubscriptionFiltersCommand } from '@aws-sdk/client-cloudwatch-logs';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { fetchFrom } from '../../client/endpoint/http-request.ts';
import { accepted, type Order, placeOrders } from '../../client/factory/order-client.ts';
import { experiment } from '../experiment/experiment.ts';
import { faultsAt } from '../experiment/fault-port.ts';
import { eventsOf, logGroupsOf } from '../experiment/function-log.ts';
import { atLeast, exactly, yes } from '../experiment/requirement.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';
import { until } from '../experiment/until.ts';
import { deliver, lineOfBake, lineOfLambda } from './deliveries.ts';
import { type LogLine, linesAbout } from './log-search.ts';

const orderCount = 120;
const atATime = 4;
/** Much longer than it takes, on a machine that has other work to do as well. */
const bakedWithin = 30_000;
const reportedWithin = 5_000;
/** A name that no line has for another reason. */
const customer = 'Wilhelmina Crumb';

/** Factor 11: what is left to know of orders when the processes that served them are gone. */
export const proof = experiment({
  question: 'Can you find out what happened last night, and whether customers were satisfied?',
  headline: '{retrievable.before} of orders had a log line left after the environments died; now {retrievable.after}.',
  observables: {
    retrievable: {
      kind: 'gate',
      title: 'orders with a log line left after the environments died',
      unit: '%',
      must: exactly(100),
      lookAt:
        'Each event must be one JSON object on stdout, with its name as "message" and the orderId as a member: see event-log.ts, and that ordering.ts uses it.',
    },
    followed: {
      kind: 'gate',
      title: 'one query follows one order across functions',
      must: yes,
      lookAt:
        'Ordering and baking must both write the orderId as a member of the line: does baking.ts use the event log?',
    },
    report: {
      kind: 'gate',
      timed: 'if missing',
      title: 'the satisfaction report equals the traffic sent',
      must: yes,
      lookAt:
        'Each OrderBaked must reach analytics: subscribe to the log of baking, let logs.amazonaws.com in, and add satisfactionRoutes to metrics.ts.',
    },
    twice: {
      kind: 'gate',
      title: 'orders in the report for a line that was delivered twice',
      must: exactly(1),
      lookAt: 'Keep each line under the id that it has, and skip what is no event of an order: readNotice does both.',
    },
    answered: {
      kind: 'guard',
      title: 'orders answered 202',
      must: exactly(orderCount),
      lookAt: 'Ordering fails: does event-log.ts return a logger, metrics and a journal?',
    },
    baked: {
      kind: 'guard',
      timed: 'unless none',
      title: 'orders baked',
      must: exactly(orderCount),
      lookAt: 'Baking fails, or metrics does not count: their log groups say why.',
    },
    names: {
      kind: 'guard',
      title: 'log lines with the name of a customer',
      must: exactly(0),
      lookAt: 'Who reads the log need not know who eats the cookies: log the orderId, and not the request.',
    },
    ownLog: {
      kind: 'guard',
      title: 'subscriptions of analytics to its own log',
      must: exactly(0),
      lookAt:
        'A function that is invoked by its own lines writes lines without an end: follow baking, and nothing else.',
    },
    killed: { kind: 'guard', title: 'environments that died', must: atLeast(2) },
    satisfied: { kind: 'shown', timed: true, title: 'baked within the promised time' },
  },
  needs: ['faults'],
  async *observe(snapshot) {
    const lambda = new LambdaClient(snapshot.clients);
    const logs = new CloudWatchLogsClient(snapshot.clients);
    const clients = { lambda, logs };
    try {
      yield { ownLog: await ownSubscriptions(snapshot, clients) };
      const before = await numbersOf(snapshot);
      snapshot.report(`placing ${orderCount} orders`);
      const { OrderingUrl = '' } = snapshot.outputs();
      const order = { customer, items: [{ recipe: 'chocolate-chip', quantity: 1 }] };
      const orders = accepted(
        await placeOrders(OrderingUrl, orderCount, {
          concurrency: atATime,
          body: () => order,
          signal: snapshot.signal,
        }),
      );
      yield { answered: orders.length };
      snapshot.report('waiting until they are baked');
      yield await waitFor(snapshot, orders.length, before);
      snapshot.report('delivering a line twice');
      yield { twice: await deliverTwice(snapshot, lambda) };
      snapshot.report('ending their environments, and asking the log');
      yield await askTheLog(snapshot, clients, orders);
    } finally {
      lambda.destroy();
      logs.destroy();
    }
  },
});

interface Clients {
  readonly lambda: LambdaClient;
  readonly logs: CloudWatchLogsClient;
}

async function ownSubscriptions(snapshot: SnapshotUnderTest, { lambda, logs }: Clients): Promise<number> {
  const { AnalyticsFunction } = snapshot.outputs();
  if (!AnalyticsFunction) {
    return 0;
  }
  const [logGroupName = ''] = await logGroupsOf(lambda, AnalyticsFunction);
  const { subscriptionFilters = [] } = await logs.send(new DescribeSubscriptionFiltersCommand({ logGroupName }));
  return subscriptionFilters.length;
}

/** What the metrics service says when all orders are baked, and when the report has them. */
async function waitFor(snapshot: SnapshotUnderTest, sent: number, before: Numbers) {
  const options = { within: bakedWithin, every: 100, signal: snapshot.signal };
  const after = await until(async () => atLeastBaked(await numbersOf(snapshot), before.baked + sent), options);
  const reported = await until(async () => atLeastReported(await numbersOf(snapshot), before, sent), {
    ...options,
    within: after?.satisfaction ? reportedWithin : 0,
  });
  const last = reported ?? (await numbersOf(snapshot));
  return {
    baked: last.baked - before.baked,
    report: reported !== undefined || (after && isWrong(last, before, sent) ? false : undefined),
    satisfied: reported?.satisfaction ? `${Math.round(reported.satisfaction.satisfied * 100)} %` : 'not known',
  };
}

/**
 * Whether a report is wrong for certain: there is none, or nothing has come to it, or too much. One that has a part may be late.
 */
function isWrong(last: Numbers, before: Numbers, sent: number): boolean {
  const more = (last.satisfaction?.orders ?? 0) - (before.satisfaction?.orders ?? 0);
  return more === 0 || more > sent;
}

/** How many orders the report has more when a line about one is delivered twice, beside one that is about none. */
async function deliverTwice(snapshot: SnapshotUnderTest, lambda: LambdaClient): Promise<number | string> {
  const { AnalyticsFunction } = snapshot.outputs();
  if (!AnalyticsFunction) {
    return 'there is no analytics';
  }
  const before = await numbersOf(snapshot);
  const lines = [lineOfLambda, lineOfBake()];
  const taken = [await deliver(lambda, AnalyticsFunction, lines), await deliver(lambda, AnalyticsFunction, lines)];
  const after = await numbersOf(snapshot);
  if (!taken.every((one) => one)) {
    return 'analytics failed';
  }
  return (after.satisfaction?.orders ?? 0) - (before.satisfaction?.orders ?? 0);
}

async function askTheLog(snapshot: SnapshotUnderTest, { lambda, logs }: Clients, orders: readonly Order[]) {
  const { OrderingFunction = '', BakingFunction = '' } = snapshot.outputs();
  const functions = [OrderingFunction, BakingFunction];
  const faults = faultsAt(snapshot.endpoint);
  const killed = (await Promise.all(functions.map((name) => faults.kill(name)))).reduce((sum, n) => sum + n, 0);
  const groups = await Promise.all(functions.map((name) => logGroupsOf(lambda, name)));
  const search = (wanted: readonly [keyof LogLine, string]) =>
    Promise.all(groups.map((ofOne) => linesAbout(logs, ofOne, wanted)));
  const known = new Set((await search(['message', 'OrderPlaced'])).flat().map(({ orderId }) => orderId));
  const [some] = orders;
  const about = some ? await search(['orderId', some.orderId]) : [];
  return {
    killed,
    retrievable: Math.round((100 * orders.filter(({ orderId }) => known.has(orderId)).length) / orders.length),
    followed: about.length > 0 && about.every((lines) => lines.length > 0),
    names: await linesWithName(logs, groups.flat()),
  };
}

async function linesWithName(logs: CloudWatchLogsClient, groups: readonly string[]): Promise<number> {
  let lines = 0;
  for await (const { message } of eventsOf(logs, { groups })) {
    lines += message.includes(customer) ? 1 : 0;
  }
  return lines;
}

/** What the metrics service says; satisfaction is missing where there is no report. */
interface Numbers {
  readonly baked: number;
  readonly satisfaction?: { readonly orders: number; readonly satisfied: number };
}

async function numbersOf(snapshot: SnapshotUnderTest): Promise<Numbers> {
  const url = snapshot.outputs()['MetricsUrl'] ?? '';
  const { signal } = snapshot;
  const metrics = await fetchFrom(new URL('/metrics', url), { signal });
  if (!metrics.ok) {
    throw new Error(`GET /metrics answers ${metrics.status}: metrics.ts, or what stack.ts gives it, is not right.`);
  }
  const { orders } = (await metrics.json()) as { orders: { BAKED: number } };
  const satisfaction = await fetchFrom(new URL('/satisfaction', url), { signal });
  if (!satisfaction.ok) {
    await satisfaction.arrayBuffer();
    return { baked: orders.BAKED };
  }
  return { baked: orders.BAKED, satisfaction: (await satisfaction.json()) as NonNullable<Numbers['satisfaction']> };
}

const atLeastBaked = (numbers: Numbers, wanted: number) => (numbers.baked >= wanted ? numbers : undefined);

/** The report is right when it has as many orders more as were sent: not one less, and not one twice. */
function atLeastReported(now: Numbers, before: Numbers, sent: number): Numbers | undefined {
  const more = (now.satisfaction?.orders ?? 0) - (before.satisfaction?.orders ?? 0);
  return now.satisfaction && more === sent ? now : undefined;
}

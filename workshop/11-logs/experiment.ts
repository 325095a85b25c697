import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { fetchFrom } from '../../client/endpoint/http-request.ts';
import { accepted, placeOrders } from '../../client/factory/order-client.ts';
import { experiment } from '../experiment/experiment.ts';
import { faultsAt } from '../experiment/fault-port.ts';
import { logGroupsOf } from '../experiment/function-log.ts';
import { atLeast, exactly, yes } from '../experiment/requirement.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';
import { until } from '../experiment/until.ts';
import { type LogLine, linesAbout } from './log-search.ts';

const orderCount = 300;
const bakedWithin = 15_000;
const reportedWithin = 5_000;

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
    },
    followed: { kind: 'gate', title: 'one query follows one order across functions', must: yes },
    report: { kind: 'gate', timed: true, title: 'the satisfaction report equals the traffic sent', must: yes },
    answered: { kind: 'guard', title: 'orders answered 202', must: exactly(orderCount) },
    baked: { kind: 'guard', timed: true, title: 'orders baked', must: exactly(orderCount) },
    killed: { kind: 'guard', title: 'environments that died', must: atLeast(2) },
    satisfied: { kind: 'shown', timed: true, title: 'baked within the promised time' },
  },
  needs: ['faults'],
  async observe(snapshot) {
    const lambda = new LambdaClient(snapshot.clients);
    const logs = new CloudWatchLogsClient(snapshot.clients);
    try {
      const outputs = snapshot.outputs();
      const functions = [outputs['OrderingFunction'] ?? '', outputs['BakingFunction'] ?? ''];
      const before = await numbersOf(snapshot);
      snapshot.report(`placing ${orderCount} orders`);
      const placed = await placeOrders(outputs['OrderingUrl'] ?? '', orderCount, {
        concurrency: 10,
        signal: snapshot.signal,
      });
      const orders = accepted(placed);
      snapshot.report('waiting until they are baked');
      const wanted = before.baked + orders.length;
      const options = { within: bakedWithin, every: 100, signal: snapshot.signal };
      const after = await until(async () => atLeastBaked(await numbersOf(snapshot), wanted), options);
      const reported = await until(async () => atLeastReported(await numbersOf(snapshot), before, orders.length), {
        ...options,
        within: after?.satisfaction ? reportedWithin : 0,
      });
      snapshot.report('ending their environments');
      const faults = faultsAt(snapshot.endpoint);
      const killed = (await Promise.all(functions.map((name) => faults.kill(name)))).reduce((sum, n) => sum + n, 0);
      snapshot.report('asking the log');
      const groups = await Promise.all(functions.map((name) => logGroupsOf(lambda, name)));
      const search = (wanted: readonly [keyof LogLine, string]) =>
        Promise.all(groups.map((ofOne) => linesAbout(logs, ofOne, wanted)));
      const known = new Set((await search(['message', 'OrderPlaced'])).flat().map(({ orderId }) => orderId));
      const [some] = orders;
      const about = some ? await search(['orderId', some.orderId]) : [];
      return {
        retrievable: Math.round((100 * orders.filter(({ orderId }) => known.has(orderId)).length) / orders.length),
        followed: about.length > 0 && about.every((lines) => lines.length > 0),
        report: reported !== undefined,
        answered: orders.length,
        ...(after && { baked: after.baked - before.baked }),
        killed,
        satisfied: reported?.satisfaction ? `${Math.round(reported.satisfaction.satisfied * 100)} %` : 'not known',
      };
    } finally {
      lambda.destroy();
      logs.destroy();
    }
  },
});

/** What the metrics service says; satisfaction is missing where there is no report. */
interface Numbers {
  readonly baked: number;
  readonly satisfaction?: { readonly orders: number; readonly satisfied: number };
}

async function numbersOf(snapshot: SnapshotUnderTest): Promise<Numbers> {
  const url = snapshot.outputs()['MetricsUrl'] ?? '';
  const { signal } = snapshot;
  const metrics = await fetchFrom(new URL('/metrics', url), { signal });
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

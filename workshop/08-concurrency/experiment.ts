import { pbkdf2Sync } from 'node:crypto';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SSMClient } from '@aws-sdk/client-ssm';
import { accepted, type OrderBody, placeOrder, placeOrders, readOrder } from '../../client/factory/order-client.ts';
import type { Order } from '../../functions/domain/order.ts';
import { experiment } from '../experiment/experiment.ts';
import { percentile } from '../experiment/percentile.ts';
import { atLeast, exactly, timesLessThanBefore, yes } from '../experiment/requirement.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';
import { until } from '../experiment/until.ts';
import { bakeNotes } from './kitchen-logs.ts';
import { restart, turnOven } from './oven-knob.ts';
import { workersKnob } from './workers.ts';

const ovenMs = 80;
const usualMs = 20;
const cookieCount = 6;
const oneByOneCount = 6;
const burstSize = 16;
/** As many customers at a time as the kitchen before has ovens, so that none is sent away. */
const atATime = 4;
const bakedWithin = 10_000;
/** How much more eight workers must bake than two; four times as much is what there is to win. */
const worthIt = 1.5;

const tray = (index: number): OrderBody => ({
  customer: `customer-${index}`,
  items: [{ recipe: 'smores', quantity: cookieCount }],
});

/** Factor 8: what it buys to wait for many things at a time, and to have more processes that do. */
export const proof = experiment({
  question: 'Does a customer wait for the oven, and do more workers bake more?',
  headline: 'A customer waited {wait.before} for the answer to an order; now {wait.after}.',
  observables: {
    wait: {
      kind: 'gate',
      timed: true,
      title: 'wait for the answer to an order, p50',
      unit: 'ms',
      must: timesLessThanBefore(10),
    },
    atOnce: { kind: 'gate', timed: true, title: 'most cookies of a process in the oven at once', must: atLeast(5) },
    scales: { kind: 'gate', timed: true, title: `eight workers bake ${worthIt} times what two do, or more`, must: yes },
    answered: { kind: 'guard', title: 'orders answered 202', must: exactly(oneByOneCount + 3 * burstSize) },
    baked: { kind: 'guard', timed: true, title: 'orders baked', must: exactly(oneByOneCount + 3 * burstSize) },
    noted: { kind: 'guard', timed: true, title: 'bakes that a process noted', must: atLeast(oneByOneCount) },
    with2: { kind: 'shown', timed: true, title: 'baked with 2 workers', unit: 'orders/s' },
    with4: { kind: 'shown', timed: true, title: 'baked with 4 workers', unit: 'orders/s' },
    with8: { kind: 'shown', timed: true, title: 'baked with 8 workers', unit: 'orders/s' },
    computing: { kind: 'shown', timed: true, title: 'speed-up by async where the work is CPU-bound' },
  },
  series: [
    {
      title: 'orders baked a second, by workers',
      unit: 'orders/s',
      points: [
        { label: '2', observable: 'with2' },
        { label: '4', observable: 'with4' },
        { label: '8', observable: 'with8' },
      ],
    },
  ],
  needs: ['faults', 'loopback', 'reserved concurrency'],
  async observe(snapshot) {
    const lambda = new LambdaClient(snapshot.clients);
    const ssm = new SSMClient(snapshot.clients);
    try {
      await turnOven(snapshot, ssm, ovenMs);
      const single = await oneByOne(snapshot);
      const bursts = await withWorkers(snapshot, lambda, [2, 4, 8]);
      const [with2 = 0, with4 = 0, with8 = 0] = bursts.map(({ perSecond }) => perSecond);
      return {
        ...(single.wait !== undefined && { wait: single.wait }),
        atOnce: single.atOnce,
        scales: with8 >= worthIt * with2,
        answered: single.answered + sum(bursts.map(({ answered }) => answered)),
        baked: single.baked + sum(bursts.map(({ baked }) => baked)),
        noted: single.noted,
        with2: round(with2),
        with4: round(with4),
        with8: round(with8),
        computing: `${computingAtOnce().toFixed(1)} times as fast`,
      };
    } finally {
      await turnOven(snapshot, ssm, usualMs);
      lambda.destroy();
      ssm.destroy();
    }
  },
});

/** A few orders, each when the one before is baked: what a customer waits, and what the oven has in it. */
async function oneByOne(snapshot: SnapshotUnderTest) {
  const { OrderingUrl = '' } = snapshot.outputs();
  const { signal } = snapshot;
  snapshot.report('placing orders one by one');
  // The first meets processes that have only just been started.
  await bakedOf(snapshot, accepted([await placeOrder(OrderingUrl, tray(0), { signal })]));
  const placed = [];
  let baked = 0;
  for (let index = 0; index < oneByOneCount; index += 1) {
    const one = await placeOrder(OrderingUrl, tray(index), { signal });
    placed.push(one);
    baked += await bakedOf(snapshot, accepted([one]));
  }
  const orders = new Set(accepted(placed).map(({ orderId }) => orderId));
  const notes = (await bakeNotes(snapshot)).filter(({ orderId }) => orders.has(orderId));
  const wait = percentile(
    placed.map(({ milliseconds }) => milliseconds),
    0.5,
  );
  return {
    wait: wait === undefined ? undefined : Math.round(wait),
    atOnce: Math.max(0, ...notes.map(({ cookies, bakeMs }) => Math.round((cookies * ovenMs) / bakeMs))),
    answered: orders.size,
    baked,
    noted: notes.length,
  };
}

interface Burst {
  readonly perSecond: number;
  readonly answered: number;
  readonly baked: number;
}

/** The same burst with a number of workers; where there is no knob for them, it is the same burst every time. */
async function withWorkers(
  snapshot: SnapshotUnderTest,
  lambda: LambdaClient,
  counts: readonly number[],
): Promise<Burst[]> {
  const knob = await workersKnob(snapshot, lambda);
  const bursts: Burst[] = [];
  try {
    await knob?.turn(Math.max(...counts));
    snapshot.report('warming up');
    await burst(snapshot);
    for (const count of counts) {
      await knob?.turn(count);
      snapshot.report(knob ? `baking a burst with ${count} workers` : 'baking a burst');
      bursts.push(await burst(snapshot));
    }
    return bursts;
  } finally {
    await knob?.putBack();
    await restart(snapshot);
  }
}

async function burst(snapshot: SnapshotUnderTest): Promise<Burst> {
  const { OrderingUrl = '' } = snapshot.outputs();
  const { signal } = snapshot;
  const started = performance.now();
  const orders = accepted(await placeOrders(OrderingUrl, burstSize, { concurrency: atATime, body: tray, signal }));
  const baked = await bakedOf(snapshot, orders);
  return { perSecond: (1000 * baked) / (performance.now() - started), answered: orders.length, baked };
}

/** Waits until orders are baked, those that were not when they were answered, and says how many are. */
async function bakedOf(snapshot: SnapshotUnderTest, orders: readonly Order[]): Promise<number> {
  const { OrderingUrl = '' } = snapshot.outputs();
  const { signal } = snapshot;
  const isBaked = async ({ orderId, status }: Order) => {
    if (status === 'BAKED') {
      return true;
    }
    const look = async () =>
      (await readOrder(OrderingUrl, orderId, { signal }))?.status === 'BAKED' ? true : undefined;
    return await until(look, { within: bakedWithin, every: 20, signal });
  };
  return (await Promise.all(orders.map(isBaked))).filter((baked) => baked === true).length;
}

/** The same computation four times, one after the other and "at once": one process has one thread to compute with. */
function computingAtOnce(): number {
  const compute = () => pbkdf2Sync('cookie', 'salt', 20_000, 32, 'sha256');
  const timed = (work: () => unknown) => {
    const started = performance.now();
    work();
    return performance.now() - started;
  };
  compute();
  const inTurn = timed(() => [1, 2, 3, 4].map(compute));
  const atOnce = timed(() => Promise.all([1, 2, 3, 4].map(async () => compute())));
  return inTurn / atOnce;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const round = (number: number): number => Math.round(number * 10) / 10;

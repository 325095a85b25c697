import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SSMClient } from '@aws-sdk/client-ssm';
import { accepted, type OrderBody, placeOrder } from '../../client/factory/order-client.ts';
import { bakeWork } from '../../functions/domain/contract.ts';
import { experiment } from '../experiment/experiment.ts';
import { percentile } from '../experiment/percentile.ts';
import { atLeast, atMost, exactly, yes } from '../experiment/requirement.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';
import { until } from '../experiment/until.ts';
import { billedSince } from './billed.ts';
import { type Burst, burst, type Served } from './customers.ts';
import { bakeNotes, cookiesAtOnce, mostAtOnce } from './kitchen-logs.ts';
import { restart, turnOven } from './oven-knob.ts';
import { type WorkersKnob, workersKnob } from './workers.ts';

const usualMs = 20;
const wedding = { ovenMs: 80, cookies: 48 };
/** How many such orders are baked, where the first was not baked one cookie after another. */
const weddings = 3;
const oneByOne = 1;
const party = { ovenMs: 200, cookies: 2, orders: 12 };
/** Customers who are at the counter at a time, where it is not one for each worker. */
const atCounter = 2;
const workers = [2, 4, 8] as const;
/** The bursts with two customers, and those of four and eight of them: with two it is the same. */
const bursts = 2 * workers.length - 1;

const cookies = (quantity: number): OrderBody => ({ customer: 'ada', items: [{ recipe: 'smores', quantity }] });

/** Factor 8: who waits for the oven, what it costs to wait, and what more processes bake. */
export const proof = experiment({
  question: 'Does a customer wait for the oven, and do more workers bake more?',
  headline: 'A customer waited {wait.before} for the answer to an order; now {wait.after}.',
  observables: {
    answeredFirst: {
      kind: 'gate',
      timed: 'unless none',
      title: `orders of ${party.orders} that were answered before they were baked`,
      must: atLeast(party.orders - atCounter),
      lookAt:
        'Whatever ordering awaits, its customer waits for: after the message is on the queue there is nothing to wait for.',
    },
    atOnce: {
      kind: 'gate',
      // One by one is certain, however slow the machine; side by side is far from the limit.
      timed: 'if missing',
      title: 'most cookies of a process in the oven at once',
      must: atLeast(5),
      lookAt: 'An `await` within a loop waits for each cookie by itself: start all of them, then await `Promise.all`.',
    },
    ordersAtOnce: {
      kind: 'gate',
      timed: true,
      title: 'most orders in ovens at once, with two customers and eight workers',
      must: atLeast(atCounter + 1),
      lookAt:
        'Nothing but the event source mapping says how many processes bake: see whether reserved concurrency caps the function, and whether the stack has the output BakingFunction.',
    },
    consumed: {
      kind: 'guard',
      title: 'the first order was baked',
      must: yes,
      lookAt:
        'Follow the message: does ordering put `ticketFor(order)` on the queue, is there an event source mapping from the queue to `baking.running`, and does the handler end without an error?',
    },
    bounded: {
      kind: 'guard',
      title: `most cookies at once in an oven of ${bakeWork.ovenPlaces} places`,
      must: atMost(bakeWork.ovenPlaces),
      lookAt:
        'One oven for the whole process, made outside of the handler, with a bound: `limitOven(timedOven, places)`.',
    },
    answered: {
      kind: 'guard',
      title: 'orders answered 202',
      must: exactly(bursts * party.orders),
      lookAt: 'Ordering refused or failed: its log says why, and a cap on it shows as 429.',
    },
    baked: {
      kind: 'guard',
      timed: 'unless none',
      title: 'orders baked within ten seconds',
      must: exactly(bursts * party.orders),
      lookAt:
        'A message that a capped function did not take, or that failed with its batch, is hidden for a minute before it comes back.',
    },
    wait: { kind: 'shown', timed: true, title: 'wait for the answer to an order, p50', unit: 'ms' },
    billed: {
      kind: 'shown',
      timed: true,
      title: `billed for an order of ${wedding.cookies} cookies, all functions`,
      unit: 'ms',
    },
    with2: { kind: 'shown', timed: true, title: 'baked with two customers and 2 workers', unit: 'orders/s' },
    with4: { kind: 'shown', timed: true, title: 'baked with two customers and 4 workers', unit: 'orders/s' },
    with8: { kind: 'shown', timed: true, title: 'baked with two customers and 8 workers', unit: 'orders/s' },
    crowd4: { kind: 'shown', timed: true, title: 'baked with four customers and 4 workers', unit: 'orders/s' },
    crowd8: { kind: 'shown', timed: true, title: 'baked with eight customers and 8 workers', unit: 'orders/s' },
  },
  series: [
    {
      title: 'orders baked a second, with two customers at a time',
      unit: 'orders/s',
      across: 'workers',
      points: [
        { label: '2 workers', observable: 'with2' },
        { label: '4 workers', observable: 'with4' },
        { label: '8 workers', observable: 'with8' },
      ],
    },
    {
      title: 'orders baked a second, with a customer at a time for each worker',
      unit: 'orders/s',
      points: [
        { label: '2 workers', observable: 'with2' },
        { label: '4 workers', observable: 'crowd4' },
        { label: '8 workers', observable: 'crowd8' },
      ],
    },
  ],
  needs: ['faults', 'loopback', 'reserved concurrency'],
  async *observe(snapshot) {
    const lambda = new LambdaClient(snapshot.clients);
    const logs = new CloudWatchLogsClient(snapshot.clients);
    const ssm = new SSMClient(snapshot.clients);
    try {
      await turnOven(snapshot, ssm, wedding.ovenMs);
      yield { consumed: await bakesAtAll(snapshot) };
      yield await someWeddings(snapshot, { lambda, logs });
      await turnOven(snapshot, ssm, party.ovenMs);
      yield await withWorkers(snapshot, lambda);
    } finally {
      await turnOven(snapshot, ssm, usualMs);
      lambda.destroy();
      logs.destroy();
      ssm.destroy();
    }
  },
});

/** The first order meets processes that have only just been started. */
async function bakesAtAll(snapshot: SnapshotUnderTest): Promise<boolean> {
  snapshot.report('placing the first order');
  const [first] = (await burst(snapshot, 1, { customers: 1, body: cookies(1) })).served;
  return first?.bakedAt !== undefined;
}

/** Orders of many cookies, with nothing beside them: what is in the oven at once, and what one costs. */
async function someWeddings(
  snapshot: SnapshotUnderTest,
  clients: { readonly lambda: LambdaClient; readonly logs: CloudWatchLogsClient },
) {
  snapshot.report(`baking an order of ${wedding.cookies} cookies`);
  const since = Date.now();
  const first = await oneWedding(snapshot);
  const billed = await billedSince(since, snapshot, clients);
  if (first === undefined) {
    return { billed };
  }
  // A timer that comes late hides cookies, and never shows one more than there is: so the most that was seen counts.
  const seen = [first];
  while (first > oneByOne && seen.length < weddings) {
    seen.push((await oneWedding(snapshot)) ?? 0);
  }
  const atOnce = Math.max(...seen);
  return { atOnce, bounded: atOnce, billed };
}

/** How many cookies of one order were in an oven at once; undefined where it was not baked in time. */
async function oneWedding(snapshot: SnapshotUnderTest): Promise<number | undefined> {
  const { OrderingUrl = '' } = snapshot.outputs();
  const { signal } = snapshot;
  const [order] = accepted([await placeOrder(OrderingUrl, cookies(wedding.cookies), { signal })]);
  // Nobody asks whether it is baked: that would be billed, too.
  const note = async () => (await bakeNotes(snapshot)).find(({ orderId }) => orderId === order?.orderId);
  const noted = await until(note, { within: 10_000, signal });
  return noted && cookiesAtOnce(noted, wedding.ovenMs);
}

/** The same burst with more and more workers: with two customers at a time, and with as many as there are workers. */
async function withWorkers(snapshot: SnapshotUnderTest, lambda: LambdaClient) {
  const knob = await workersKnob(snapshot, lambda);
  try {
    return await turnedUp(snapshot, knob);
  } finally {
    await knob.putBack();
    await restart(snapshot);
  }
}

async function turnedUp(snapshot: SnapshotUnderTest, knob: WorkersKnob) {
  const bakeWith = async (count: number, customers: number): Promise<Burst> => {
    await knob.turn(count);
    snapshot.report(`baking a burst with ${count} workers and ${customers} customers at a time`);
    return await burst(snapshot, party.orders, { customers, body: cookies(party.cookies) });
  };
  // Starts the processes, whose start is no part of how fast they bake.
  await bakeWith(8, 8);
  const with2 = await bakeWith(2, atCounter);
  const with4 = await bakeWith(4, atCounter);
  const with8 = await bakeWith(8, atCounter);
  const orders = new Set(with8.served.map(({ order }) => order.orderId));
  const notes = (await bakeNotes(snapshot)).filter(({ orderId }) => orders.has(orderId));
  const crowd4 = await bakeWith(4, 4);
  const crowd8 = await bakeWith(8, 8);

  const served = [with2, with4, with8, crowd4, crowd8].flatMap((one) => one.served);
  const wait = percentile(
    with2.served.map((one) => one.wait),
    0.5,
  );
  return {
    answeredFirst: with2.served.filter(isAnsweredFirst).length,
    ordersAtOnce: mostAtOnce(notes),
    answered: served.length,
    baked: served.filter(({ bakedAt }) => bakedAt !== undefined).length,
    ...(wait !== undefined && { wait: Math.round(wait) }),
    with2: round(with2.perSecond),
    with4: round(with4.perSecond),
    with8: round(with8.perSecond),
    crowd4: round(crowd4.perSecond),
    crowd8: round(crowd8.perSecond),
  };
}

const isAnsweredFirst = ({ answeredAt, bakedAt }: Served): boolean => bakedAt !== undefined && answeredAt < bakedAt;

const round = (number: number): number => Math.round(number * 10) / 10;

import { expect, test } from 'vitest';
import type { Sample } from '../measurement.ts';
import type { Stopwatch } from './generator.ts';
import type { Answer, Request } from './http-client.ts';
import { type Acknowledged, orderRequestOf, visit } from './visit.ts';

/** A stopwatch that only moves when somebody waits, or is slow. */
class StoppedWatch implements Stopwatch {
  time = 0;
  now = () => this.time;
  until = async (moment: number) => {
    this.time = Math.max(this.time, moment);
  };
}

interface Counter {
  readonly status: number;
  readonly order?: 'RECEIVED' | 'BAKED';
  readonly takes?: number;
  readonly cookie?: string;
}

/** Serves a customer, one answer after the other (the last one again and again), and notes what happened. */
async function serve(answers: readonly Counter[], dueAt = 0, followFor = 5_000) {
  const watch = new StoppedWatch();
  watch.time = dueAt;
  const requests: Request[] = [];
  const samples: Sample[] = [];
  const acknowledged: Acknowledged[] = [];
  const ask = async (request: Request): Promise<Answer> => {
    const { status, order, takes = 10, cookie } = answers[requests.length] ?? answers.at(-1) ?? { status: 0 };
    requests.push(request);
    watch.time += takes;
    const headers = cookie === undefined ? {} : { 'set-cookie': [`${cookie}; Path=/; HttpOnly`] };
    return { status, headers, body: order ? JSON.stringify({ orderId: 'o1', status: order }) : 'x' };
  };
  await visit({
    ...{
      orderRequest: orderRequestOf(0, 1, 'test'),
      client: { ask, close: () => {} },
      stopwatch: watch,
      dueAt,
      followFor,
    },
    onSample: (sample) => samples.push(sample),
    onAcknowledged: (order) => acknowledged.push(order),
  });
  return { requests, samples, acknowledged };
}

test('places, lists, and follows until the order is baked, and keeps the cookie of whoever served', async () => {
  const { requests, samples, acknowledged } = await serve([
    { status: 202, order: 'RECEIVED', cookie: 'worker=worker-2' },
    { status: 200 },
    { status: 200, order: 'RECEIVED', cookie: 'worker=worker-3' },
    { status: 200, order: 'BAKED' },
  ]);
  expect(requests.map(({ method, path, cookie }) => [method, path, cookie])).toEqual([
    ['POST', '/orders', undefined],
    ['GET', '/orders?customer=test-customer-0', 'worker=worker-2'],
    ['GET', '/orders/o1', 'worker=worker-2'],
    ['GET', '/orders/o1', 'worker=worker-3'],
  ]);
  expect(samples).toEqual([
    { step: 'place', dueAt: 0, latencyMs: 10, status: 202 },
    { step: 'list', dueAt: 10, latencyMs: 10, status: 200 },
    { step: 'follow', dueAt: 60, latencyMs: 10, status: 200 },
    { step: 'follow', dueAt: 135, latencyMs: 10, status: 200 },
  ]);
  expect(acknowledged).toEqual([{ orderId: 'o1', dueAt: 0, cookie: 'worker=worker-2' }]);
});

test('looks are due by a timetable, which a slow answer does not put off', async () => {
  const { samples } = await serve([
    { status: 202, order: 'RECEIVED' },
    { status: 200 },
    { status: 200, order: 'RECEIVED', takes: 300 },
    { status: 200, order: 'RECEIVED' },
    { status: 200, order: 'BAKED' },
  ]);
  const follows = samples.filter(({ step }) => step === 'follow');
  expect(follows.map(({ dueAt }) => dueAt)).toEqual([60, 135, 247.5]);
  // The second was sent when the first was answered, 225 ms after it was due.
  expect(follows.map(({ latencyMs }) => latencyMs)).toEqual([300, 235, 132.5]);
});

test('goes home when nobody has baked the order in time', async () => {
  const answers = [
    { status: 202, order: 'RECEIVED' as const },
    { status: 200 },
    { status: 200, order: 'RECEIVED' as const },
  ];
  const { samples } = await serve(answers, 0, 400);
  expect(samples.filter(({ step }) => step === 'follow').map(({ dueAt }) => dueAt)).toEqual([60, 135, 247.5]);
});

test.each([
  { when: 'the order is refused', answers: [{ status: 503 }], statuses: [503] },
  { when: 'nobody answers', answers: [{ status: 0 }], statuses: [0] },
  { when: 'the answer is no order', answers: [{ status: 202 }], statuses: [202] },
  { when: 'the list fails', answers: [{ status: 202, order: 'RECEIVED' }, { status: 502 }], statuses: [202, 502] },
  {
    when: 'the order is unknown',
    answers: [{ status: 202, order: 'RECEIVED' }, { status: 200 }, { status: 404 }],
    statuses: [202, 200, 404],
  },
] as const)('goes home when $when', async ({ answers, statuses }) => {
  const { samples } = await serve(answers, -500);
  expect(samples.map(({ status }) => status)).toEqual(statuses);
  expect(samples[0]?.dueAt).toBe(-500);
});

test('the same seed and index wish for the same, and customers wish for different things', () => {
  const orderRequests = Array.from({ length: 200 }, (_, index) => orderRequestOf(index, 1, 'run'));
  expect(Array.from({ length: 200 }, (_, index) => orderRequestOf(index, 1, 'run'))).toEqual(orderRequests);
  expect(new Set(orderRequests.map(({ customer }) => customer)).size).toBe(200);
  const items = orderRequests.flatMap((orderRequest) => orderRequest.items);
  expect(new Set(items.map(({ recipe }) => recipe)).size).toBe(6);
  expect(new Set(items.map(({ quantity }) => quantity))).toEqual(new Set([1, 2, 3]));
  expect(orderRequestOf(0, 2, 'run')).not.toEqual(orderRequestOf(0, 1, 'run'));
});

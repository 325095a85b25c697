import { expect, test } from 'vitest';
import { AcknowledgedOrders, outcomeOf } from './acknowledged-orders.ts';
import type { Answer, HttpClient } from './http-client.ts';

test.each([
  { status: 200, bakedAfterMs: 40, bakes: 1, outcome: 'kept' },
  { status: 200, bakedAfterMs: 40, bakes: undefined, outcome: 'kept' },
  // The order says that it is baked; the process that should have noted it in the log died a moment too early.
  { status: 200, bakedAfterMs: 40, bakes: 0, outcome: 'kept' },
  { status: 200, bakedAfterMs: 40, bakes: 2, outcome: 'baked twice' },
  { status: 200, bakedAfterMs: undefined, bakes: 0, outcome: 'not baked' },
  { status: 404, bakedAfterMs: undefined, bakes: undefined, outcome: 'lost' },
  { status: 404, bakedAfterMs: undefined, bakes: 1, outcome: 'lost' },
  { status: 503, bakedAfterMs: undefined, bakes: undefined, outcome: 'lost' },
  { status: 0, bakedAfterMs: undefined, bakes: undefined, outcome: 'lost' },
])(
  'answered $status, baked after $bakedAfterMs ms, bakes on record: $bakes is $outcome',
  ({ status, bakedAfterMs, bakes, outcome }) => {
    expect(outcomeOf({ status, bakedAfterMs }, bakes)).toBe(outcome);
  },
);

interface Told {
  /** One answer after the other; the last one again and again. */
  readonly [orderId: string]: readonly (number | 'BAKED' | 'RECEIVED')[];
}

/** Answers as it is told, and notes who was asked for and with which cookie. */
function clientThatTells(told: Told): HttpClient & { readonly asked: string[] } {
  const asked: string[] = [];
  const times = new Map<string, number>();
  return {
    asked,
    close: () => {},
    ask: async ({ path, cookie }): Promise<Answer> => {
      const orderId = path.split('/').at(-1) ?? '';
      asked.push(`${orderId} ${cookie}`);
      const time = times.get(orderId) ?? 0;
      times.set(orderId, time + 1);
      const answer = told[orderId]?.[time] ?? told[orderId]?.at(-1) ?? 404;
      if (typeof answer === 'number') {
        return { status: answer, body: '', headers: {} };
      }
      return {
        status: 200,
        body: JSON.stringify({
          orderId,
          status: answer,
          placedAt: '2026-11-23T10:00:00.000Z',
          bakedAt: '2026-11-23T10:00:00.040Z',
        }),
        headers: {},
      };
    },
  };
}

function ordersOf(...orderIds: readonly string[]): AcknowledgedOrders {
  const ledger = new AcknowledgedOrders();
  orderIds.forEach((orderId, index) => {
    ledger.acknowledged({ orderId, dueAt: index * 10, cookie: `worker=${orderId}` });
  });
  return ledger;
}

test('asks after every order as its customer would, and after those that are not baked again', async () => {
  const client = clientThatTells({ a: ['BAKED'], b: ['RECEIVED', 'RECEIVED', 'BAKED'], c: [404] });
  const waited: number[] = [];
  const onWaiting = (orders: number) => waited.push(orders);
  const outcomes = await ordersOf('a', 'b', 'c').settle({ client, patience: 5_000, onWaiting });
  expect(outcomes).toEqual([
    { orderId: 'a', dueAt: 0, outcome: 'kept', bakedAfterMs: 40 },
    { orderId: 'b', dueAt: 10, outcome: 'kept', bakedAfterMs: 40 },
    { orderId: 'c', dueAt: 20, outcome: 'lost' },
  ]);
  expect(client.asked).toEqual(['a worker=a', 'b worker=b', 'c worker=c', 'b worker=b', 'b worker=b']);
  expect(waited).toEqual([1, 1]);
});

test('gives an order up that is not baked when time is up', async () => {
  const client = clientThatTells({ a: ['RECEIVED'] });
  expect(await ordersOf('a').settle({ client, patience: 0 })).toEqual([
    { orderId: 'a', dueAt: 0, outcome: 'not baked' },
  ]);
});

test('a refusal is no loss yet: it asks again, and when time is up it is one', async () => {
  const client = clientThatTells({ a: [502, 0, 429, 'BAKED'], b: [503] });
  const outcomes = await ordersOf('a', 'b').settle({ client, patience: 1_000 });
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['kept', 'lost']);
});

test('an order that two bakes are on record for was baked twice', async () => {
  const client = clientThatTells({ a: ['BAKED'], b: ['BAKED'] });
  const bakes = async () =>
    new Map([
      ['a', 2],
      ['b', 1],
    ]);
  const outcomes = await ordersOf('a', 'b').settle({ client, bakes, patience: 5_000 });
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['baked twice', 'kept']);
});

test('where nobody is there any more nothing is lost: nobody can tell', async () => {
  const client = clientThatTells({ a: [0] });
  const check = () => Promise.reject(new Error('The endpoint is gone.'));
  await expect(ordersOf('a').settle({ client, check, patience: 5_000 })).rejects.toThrow('The endpoint is gone.');
});

test('ends with an abort', async () => {
  const client = clientThatTells({ a: ['RECEIVED'] });
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(ordersOf('a').settle({ client, patience: 5_000, signal })).rejects.toThrow();
});

import { expect, test } from 'vitest';
import { fateOf, OrderLedger } from './acknowledged-orders.ts';
import type { Answer, Line } from './http-client.ts';

test.each([
  { status: 200, bakedAfterMs: 40, bakes: 1, fate: 'kept' },
  { status: 200, bakedAfterMs: 40, bakes: undefined, fate: 'kept' },
  // The order says that it is baked; the process that should have noted it in the log died a moment too early.
  { status: 200, bakedAfterMs: 40, bakes: 0, fate: 'kept' },
  { status: 200, bakedAfterMs: 40, bakes: 2, fate: 'baked twice' },
  { status: 200, bakedAfterMs: undefined, bakes: 0, fate: 'not baked' },
  { status: 404, bakedAfterMs: undefined, bakes: undefined, fate: 'lost' },
  { status: 404, bakedAfterMs: undefined, bakes: 1, fate: 'lost' },
  { status: 503, bakedAfterMs: undefined, bakes: undefined, fate: 'lost' },
  { status: 0, bakedAfterMs: undefined, bakes: undefined, fate: 'lost' },
])(
  'answered $status, baked after $bakedAfterMs ms, bakes on record: $bakes is $fate',
  ({ status, bakedAfterMs, bakes, fate }) => {
    expect(fateOf({ status, bakedAfterMs }, bakes)).toBe(fate);
  },
);

interface Told {
  /** One answer after the other; the last one again and again. */
  readonly [orderId: string]: readonly (number | 'BAKED' | 'RECEIVED')[];
}

/** Answers as it is told, and notes who was asked for and with which cookie. */
function lineThatTells(told: Told): Line & { readonly asked: string[] } {
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

function ledgerOf(...orderIds: readonly string[]): OrderLedger {
  const ledger = new OrderLedger();
  orderIds.forEach((orderId, index) => {
    ledger.acknowledged({ orderId, dueAt: index * 10, cookie: `worker=${orderId}` });
  });
  return ledger;
}

test('asks after every order as its customer would, and after those that are not baked again', async () => {
  const line = lineThatTells({ a: ['BAKED'], b: ['RECEIVED', 'RECEIVED', 'BAKED'], c: [404] });
  const waited: number[] = [];
  const onWaiting = (orders: number) => waited.push(orders);
  const fates = await ledgerOf('a', 'b', 'c').settle({ line, patience: 5_000, onWaiting });
  expect(fates).toEqual([
    { orderId: 'a', dueAt: 0, fate: 'kept', bakedAfterMs: 40 },
    { orderId: 'b', dueAt: 10, fate: 'kept', bakedAfterMs: 40 },
    { orderId: 'c', dueAt: 20, fate: 'lost' },
  ]);
  expect(line.asked).toEqual(['a worker=a', 'b worker=b', 'c worker=c', 'b worker=b', 'b worker=b']);
  expect(waited).toEqual([1, 1]);
});

test('gives an order up that is not baked when time is up', async () => {
  const line = lineThatTells({ a: ['RECEIVED'] });
  expect(await ledgerOf('a').settle({ line, patience: 0 })).toEqual([{ orderId: 'a', dueAt: 0, fate: 'not baked' }]);
});

test('a refusal is no loss yet: it asks again, and when time is up it is one', async () => {
  const line = lineThatTells({ a: [502, 0, 429, 'BAKED'], b: [503] });
  const fates = await ledgerOf('a', 'b').settle({ line, patience: 1_000 });
  expect(fates.map(({ fate }) => fate)).toEqual(['kept', 'lost']);
});

test('an order that two bakes are on record for was baked twice', async () => {
  const line = lineThatTells({ a: ['BAKED'], b: ['BAKED'] });
  const bakes = async () =>
    new Map([
      ['a', 2],
      ['b', 1],
    ]);
  const fates = await ledgerOf('a', 'b').settle({ line, bakes, patience: 5_000 });
  expect(fates.map(({ fate }) => fate)).toEqual(['baked twice', 'kept']);
});

test('where nobody is there any more nothing is lost: nobody can tell', async () => {
  const line = lineThatTells({ a: [0] });
  const check = () => Promise.reject(new Error('The endpoint is gone.'));
  await expect(ledgerOf('a').settle({ line, check, patience: 5_000 })).rejects.toThrow('The endpoint is gone.');
});

test('ends with an abort', async () => {
  const line = lineThatTells({ a: ['RECEIVED'] });
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(ledgerOf('a').settle({ line, patience: 5_000, signal })).rejects.toThrow();
});

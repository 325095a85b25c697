import { expect, test } from 'vitest';
import { bakesIn, invocationsIn, type LogEvent } from './function-logs.ts';

async function* saying(...events: readonly (readonly [stream: string, message: string])[]): AsyncGenerator<LogEvent> {
  for (const [stream, message] of events) yield { stream, message };
}

const baked = (orderId: string) => JSON.stringify({ level: 'INFO', message: 'OrderBaked', orderId, cookies: 2 });

test('bakes are counted by order, whoever baked', async () => {
  const bakes = await bakesIn(
    saying(
      ['one', baked('a')],
      ['two', baked('b')],
      ['two', baked('a')],
      ['one', JSON.stringify({ message: 'OrderNotAwaited', orderId: 'b' })],
      ['one', JSON.stringify({ message: 'OrderBaked' })],
      ['one', 'START RequestId: "OrderBaked"'],
    ),
  );
  expect(Object.fromEntries(bakes)).toEqual({ a: 2, b: 1 });
});

test('invocations are counted by the environment that reports them', async () => {
  const report = 'REPORT RequestId: 1\tDuration: 1.00 ms\t';
  const events = saying(['one', report], ['two', report], ['one', report], ['one', 'END RequestId: 1'], ['three', 'x']);
  expect(await invocationsIn(events)).toEqual({ one: 2, two: 1 });
});

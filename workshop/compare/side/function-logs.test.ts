import { expect, test } from 'vitest';
import type { LogEvent } from '../../experiment/function-log.ts';
import { activityIn, bakesIn } from './function-logs.ts';

async function* saying(...events: readonly (readonly [stream: string, message: string])[]): AsyncGenerator<LogEvent> {
  for (const [stream, message] of events) {
    yield { stream, message };
  }
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

test('an invocation is counted by the environment that reports it, and so is what it is billed for', async () => {
  const report = (milliseconds: number, megabytes: number) =>
    `REPORT RequestId: 1\tDuration: 1.00 ms\tBilled Duration: ${milliseconds} ms\tMemory Size: ${megabytes} MB\t\n`;
  const messages = [report(100, 512), report(900, 1024), report(150, 512), 'END RequestId: 1\n', 'Köln\n'];
  const streams = ['one', 'two', 'one', 'one', 'three'];
  const activity = await activityIn(saying(...streams.map((stream, i) => [stream, messages[i] ?? ''] as const)));
  expect(activity.invocations).toEqual({ one: 2, two: 1 });
  // 0.1 s and 0.15 s of half a GB, 0.9 s of a whole one.
  expect(activity.gbSeconds).toBeCloseTo(0.05 + 0.075 + 0.9, 10);
  expect(activity.logBytes).toBe(Buffer.byteLength(messages.join('')));
});

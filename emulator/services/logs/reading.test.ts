import type * as logs from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import { messagesOf, service } from './service.fixture.ts';

test('a stream is read backwards from its end by default, and forwards on demand', () => {
  const { operations, write } = service();
  write('s', ['1', '2', '3', '4', '5']);
  const target = { logGroupName: 'g', logStreamName: 's', limit: 2 };
  const last = operations.GetLogEvents(target);
  expect(messagesOf(last)).toEqual(['4', '5']);
  const before = operations.GetLogEvents({ ...target, nextToken: last.nextBackwardToken });
  expect(messagesOf(before)).toEqual(['2', '3']);

  const first = operations.GetLogEvents({ ...target, startFromHead: true });
  expect(messagesOf(first)).toEqual(['1', '2']);
  const second = operations.GetLogEvents({ ...target, nextToken: first.nextForwardToken });
  const third = operations.GetLogEvents({ ...target, nextToken: second.nextForwardToken });
  expect([messagesOf(second), messagesOf(third)]).toEqual([['3', '4'], ['5']]);

  const end = operations.GetLogEvents({ ...target, nextToken: third.nextForwardToken });
  expect(end).toMatchObject({ events: [], nextForwardToken: third.nextForwardToken });
  write('s', ['6'], Date.now() + 10);
  expect(messagesOf(operations.GetLogEvents({ ...target, nextToken: end.nextForwardToken }))).toEqual(['6']);
});

test('an empty stream gives tokens that find what comes later', () => {
  const { operations, write } = service();
  operations.CreateLogGroup({ logGroupName: 'g' });
  operations.CreateLogStream({ logGroupName: 'g', logStreamName: 's' });
  const target = { logGroupName: 'g', logStreamName: 's' };
  const { events, nextForwardToken } = operations.GetLogEvents(target);
  expect(events).toEqual([]);
  write('s', ['1']);
  expect(messagesOf(operations.GetLogEvents({ ...target, nextToken: nextForwardToken }))).toEqual(['1']);
});

test('the streams of a group are interleaved by time, page by page, while more is written', () => {
  const { operations, write } = service();
  const now = Date.now();
  write('a', ['a0', 'a1', 'a2'], now);
  write('b', ['b0', 'b1', 'b2'], now);
  const first = operations.FilterLogEvents({ logGroupName: 'g', limit: 4 });
  expect(messagesOf(first)).toEqual(['a0', 'b0', 'a1', 'b1']);
  write('a', ['late', 'later'], now + 1);
  const next = { logGroupName: 'g', limit: 4, nextToken: first.nextToken };
  expect(messagesOf(operations.FilterLogEvents(next))).toEqual(['late', 'a2', 'b2', 'later']);
  const backwards = operations.FilterLogEvents({ logGroupName: 'g', limit: 2, startFromHead: false });
  expect(messagesOf(backwards)).toEqual(['later', 'b2']);
  const before = { logGroupName: 'g', limit: 2, nextToken: backwards.nextToken };
  expect(messagesOf(operations.FilterLogEvents(before))).toEqual(['a2', 'late']);
});

const now = Date.now();

test.each<{ by: Partial<logs.FilterLogEventsRequest>; found: string[] }>([
  { by: {}, found: ['INFO baked', 'ERROR burnt', 'ERROR sold out'] },
  { by: { filterPattern: 'ERROR' }, found: ['ERROR burnt', 'ERROR sold out'] },
  { by: { filterPattern: 'ERROR', limit: 1 }, found: ['ERROR burnt'] },
  { by: { filterPattern: 'ERROR', logStreamNames: ['till'] }, found: ['ERROR sold out'] },
  { by: { logStreamNamePrefix: 'ov' }, found: ['INFO baked', 'ERROR burnt'] },
  { by: { startTime: now + 1 }, found: ['ERROR burnt', 'ERROR sold out'] },
  { by: { endTime: now + 1 }, found: ['INFO baked', 'ERROR burnt'] },
  { by: { startTime: now + 1, endTime: now + 1 }, found: ['ERROR burnt'] },
])('FilterLogEvents by $by', ({ by, found }) => {
  const { operations, write } = service();
  write('oven', ['INFO baked', 'ERROR burnt'], now);
  write('till', ['ERROR sold out'], now + 2);
  expect(messagesOf(operations.FilterLogEvents({ logGroupName: 'g', ...by }))).toEqual(found);
});

test('GetLogEvents ends before its endTime, FilterLogEvents with it', () => {
  const { operations, write } = service();
  write('s', ['1', '2'], now);
  const range = { logGroupName: 'g', startTime: now, endTime: now + 1 };
  expect(messagesOf(operations.GetLogEvents({ ...range, logStreamName: 's' }))).toEqual(['1']);
  expect(messagesOf(operations.FilterLogEvents(range))).toEqual(['1', '2']);
});

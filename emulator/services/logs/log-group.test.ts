import { expect, onTestFinished, test, vi } from 'vitest';
import { groupBytes, groupEvents } from './log-group.ts';
import { messagesOf, service } from './service.fixture.ts';

const dayMs = 86_400_000;
const now = Date.now();

test('events that are too old or too new are rejected, and the others of the batch are taken', () => {
  const { operations, write } = service();
  write('s', ['x']);
  operations.PutRetentionPolicy({ logGroupName: 'g', retentionInDays: 1 });
  const put = (...timestamps: number[]) => {
    const logEvents = timestamps.map((timestamp) => ({ timestamp, message: 'm' }));
    return operations.PutLogEvents({ logGroupName: 'g', logStreamName: 's', logEvents }).rejectedLogEventsInfo;
  };
  const current = Date.now();
  expect(put(current - dayMs - 1000, current - 1000)).toEqual({ expiredLogEventEndIndex: 1 });
  expect(put(current - 15 * dayMs)).toEqual({ tooOldLogEventEndIndex: 1, expiredLogEventEndIndex: 1 });
  expect(put(current, current + 3 * 3_600_000)).toEqual({ tooNewLogEventStartIndex: 1 });
  expect(operations.FilterLogEvents({ logGroupName: 'g' }).events).toHaveLength(3);
});

test('events past the retention are gone', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { operations, write } = service();
  write('s', ['old']);
  operations.PutRetentionPolicy({ logGroupName: 'g', retentionInDays: 3 });
  vi.advanceTimersByTime(2 * dayMs);
  write('s', ['new']);
  expect(messagesOf(operations.FilterLogEvents({ logGroupName: 'g' }))).toEqual(['old', 'new']);
  vi.advanceTimersByTime(1.5 * dayMs);
  expect(messagesOf(operations.GetLogEvents({ logGroupName: 'g', logStreamName: 's' }))).toEqual(['new']);
  expect(operations.DescribeLogGroups({}).logGroups).toMatchObject([{ retentionInDays: 3, storedBytes: 29 }]);
});

test('a group that is full of bytes drops its oldest events', () => {
  const { operations, write } = service();
  const message = 'x'.repeat(512 * 1024);
  const fit = Math.floor(groupBytes / message.length);
  for (let i = 0; i < fit + 2; i++) {
    write(`s${i % 2}`, [`${i} ${message}`], now + i);
  }
  const [first] = operations.FilterLogEvents({ logGroupName: 'g', limit: 1 }).events;
  expect(first?.message?.split(' ')[0]).toBe('3');
  expect(operations.DescribeLogGroups({}).logGroups[0]?.storedBytes).toBeLessThanOrEqual(groupBytes);
});

test('a group that is full of events drops the oldest, from their streams too', () => {
  const { operations, write } = service();
  const batch = Array.from({ length: 10_000 }, (_, i) => `${i}`);
  for (let i = 0; i < groupEvents / batch.length; i++) {
    write(`s${i}`, batch, now);
  }
  write('last', ['one more'], now);
  const read = (logStreamName: string) =>
    operations.GetLogEvents({ logGroupName: 'g', logStreamName, startFromHead: true, limit: 1 });
  expect([messagesOf(read('s0')), messagesOf(read('s1'))]).toEqual([['1'], ['0']]);
});

test('a deleted stream takes its events along', () => {
  const { operations, write } = service();
  write('a', ['a']);
  write('b', ['b']);
  operations.DeleteLogStream({ logGroupName: 'g', logStreamName: 'a' });
  expect(messagesOf(operations.FilterLogEvents({ logGroupName: 'g' }))).toEqual(['b']);
  expect(operations.DescribeLogGroups({}).logGroups[0]?.storedBytes).toBe(27);
});

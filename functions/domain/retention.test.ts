import { expect, test } from 'vitest';
import { deadlinesAt, judge } from './retention.ts';

const now = new Date('2026-11-23T08:00:00.000Z');
const deadlines = deadlinesAt(now, { keepBakedMinutes: 60, expireMinutes: 120, requeueMinutes: 5 });
const facts = { orderId: '1', items: [{ recipe: 'raisin', quantity: 1 }], totalCents: 110 };
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();

test.each([
  ['received a moment ago', { placedAt: minutesAgo(0) }, 'keep'],
  ['received, and not on the queue yet', { placedAt: minutesAgo(5) }, 'keep'],
  ['received, and forgotten', { placedAt: minutesAgo(5.1) }, 'requeue'],
  ['waiting on the queue', { placedAt: minutesAgo(119), queuedAt: minutesAgo(119) }, 'keep'],
  ['waiting to the last moment', { placedAt: minutesAgo(120), queuedAt: minutesAgo(120) }, 'keep'],
  ['waiting for too long', { placedAt: minutesAgo(120.1), queuedAt: minutesAgo(120) }, 'removeExpired'],
  ['forgotten for too long', { placedAt: minutesAgo(120.1) }, 'removeExpired'],
] as const)('%s', (_, times, verdict) => {
  expect(judge({ ...facts, status: 'RECEIVED', ...times }, deadlines)).toBe(verdict);
});

test.each([
  ['baked a moment ago, however old', minutesAgo(0), 'keep'],
  ['baked, and to be kept to the last moment', minutesAgo(60), 'keep'],
  ['baked, and kept long enough', minutesAgo(60.1), 'removeBaked'],
])('%s', (_, bakedAt, verdict) => {
  expect(judge({ ...facts, status: 'BAKED', placedAt: minutesAgo(999), bakedAt }, deadlines)).toBe(verdict);
});

test('what is kept for 0 minutes is past its time a moment later', () => {
  const atOnce = deadlinesAt(now, { keepBakedMinutes: 0, expireMinutes: 0, requeueMinutes: 0 });
  const baked = { ...facts, status: 'BAKED', placedAt: minutesAgo(1) } as const;
  expect(judge({ ...baked, bakedAt: minutesAgo(0) }, atOnce)).toBe('keep');
  expect(judge({ ...baked, bakedAt: minutesAgo(0.001) }, atOnce)).toBe('removeBaked');
});

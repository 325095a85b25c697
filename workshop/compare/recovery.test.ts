import { expect, test } from 'vitest';
import type { Sample } from './measurement.ts';
import { timeToRecover } from './recovery.ts';

/** A request each 50 ms for ten seconds, each as it is at its moment. */
const samples = (at: (dueAt: number) => Pick<Sample, 'latencyMs' | 'status'>): Sample[] =>
  Array.from({ length: 200 }, (_, index) => ({ step: 'place', dueAt: index * 50, ...at(index * 50) }));

const fine = { latencyMs: 10, status: 202 };
const slow = { latencyMs: 500, status: 202 };
const failed = { latencyMs: 5, status: 502 };
/** Due just before the incident, and over when it has begun. */
const isUnderWay = (t: number) => t >= 3_900 && t < 4_000;

test.each([
  { what: 'nobody notices', at: () => fine, recovered: 0 },
  { what: 'a second of failures', at: (t: number) => (t >= 4_000 && t < 5_000 ? failed : fine), recovered: 2_000 },
  { what: 'two slow seconds', at: (t: number) => (t >= 4_000 && t < 6_000 ? slow : fine), recovered: 3_000 },
  {
    what: 'one failure at once, and more after three quiet seconds',
    at: (t: number) => (t === 4_000 || (t >= 7_000 && t < 7_500) ? failed : fine),
    recovered: 4_500,
  },
  {
    what: 'failures that only begin after a quiet second',
    at: (t: number) => (t >= 5_500 && t < 6_000 ? failed : fine),
    recovered: 3_000,
  },
  {
    what: 'a failure of what was under way',
    at: (t: number) => (isUnderWay(t) ? { latencyMs: 150, status: 502 } : fine),
    recovered: 1_100,
  },
  {
    what: 'what was under way is slow, and so are two seconds',
    at: (t: number) => (isUnderWay(t) || (t >= 4_000 && t < 6_000) ? { latencyMs: 900, status: 202 } : fine),
    recovered: 3_000,
  },
  {
    what: 'slow for as long as customers come',
    at: (t: number) => (t >= 4_000 && t < 9_000 ? slow : fine),
    recovered: undefined,
  },
  { what: 'a failure before it', at: (t: number) => (t === 2_000 ? failed : fine), recovered: 0 },
  { what: 'slow for good', at: (t: number) => (t >= 4_000 ? slow : fine), recovered: undefined },
])('$what', ({ at, recovered }) => {
  expect(timeToRecover(samples(at), { at: 4_000, until: 9_000 })).toBe(recovered);
});

test('without anything before the incident there is nothing to come back to', () => {
  expect(
    timeToRecover(
      samples(() => fine),
      { at: 0, until: 9_000 },
    ),
  ).toBeUndefined();
});

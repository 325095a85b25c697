import { expect, test } from 'vitest';
import { growsAt, type Load, startsWanted } from './scaling.ts';

const now = 10_000;
const start = 200;

/** Some that came together, a while ago. */
const waiting = (count: number, forMs = 0) => ({ waiting: count, waitingSince: now - forMs });
const atWork = (forMs: number) => ({ atWorkSince: now - forMs });

const load = (known: Partial<Load>): Load => ({
  ...{ waiting: 0, waitingSince: undefined, ready: 1, startFailed: false, startMs: start },
  ...{ averageMs: undefined, longestMs: 0, atWorkSince: undefined, longMs: undefined },
  ...known,
});

const none = { ready: 0, startMs: undefined };
const quick = { averageMs: 10, longestMs: 30, ...atWork(5) };
const slow = { averageMs: 2_000, longestMs: 2_500, ...atWork(5) };
const mixed = { averageMs: 20, longestMs: 400, ...atWork(5) };

test.each<[string, Partial<Load>, number]>([
  ['nothing waits', { ...slow }, 0],
  ['the first of all', { ...none, ...waiting(1) }, 1],
  ['many, before there is one', { ...none, ...waiting(20, 999) }, 1],
  ['many, where the first takes long to start', { ...none, ...waiting(20, 1_000) }, 20],
  ['many, after a start that failed', { ...none, startFailed: true, ...waiting(20) }, 20],
  ['some, while the first may be done soon', { ...waiting(5), ...atWork(start - 1) }, 0],
  ['some, while the first takes as long as a start', { ...waiting(5), ...atWork(start) }, 5],
  ['quick ones', { ...quick, ...waiting(19, 5_000) }, 0],
  ['too many quick ones', { ...quick, ...waiting(50) }, 2],
  ['quick ones, with environments enough', { ...quick, ...waiting(50), ready: 3 }, 0],
  ['quick ones behind one that hangs', { ...quick, ...waiting(2), ...atWork(start) }, 2],
  ['the first of all again, after the others have ended', { ...quick, ...waiting(3), ready: 0 }, 1],
  ['slow ones', { ...slow, ...waiting(4) }, 4],
  ['slow ones, beside environments that work', { ...slow, ...waiting(4), ready: 8 }, 4],
  ['slow ones again, after the others have ended', { ...slow, ...waiting(4), ready: 0 }, 4],
  ['quick ones, where one took long lately', { ...mixed, ...waiting(4) }, 4],
  ['some that take long by what a test says', { ...waiting(2), ...atWork(20), longMs: 10 }, 2],
])('%s', (_, known, starts) => {
  expect(startsWanted(load(known), now)).toBe(starts);
});

test.each<[string, Partial<Load>, number | undefined]>([
  ['nothing waits', { ...atWork(0) }, undefined],
  ['there is none yet', { ...none, ...waiting(1, 100) }, now + 900],
  ['the first start hangs', { ...none, ...waiting(1, 1_100) }, undefined],
  ['one is at work', { ...waiting(2, 150), ...atWork(50) }, now + start - 50],
  ['one takes long', { ...waiting(2, 150), ...atWork(start) }, undefined],
])('more are wanted later: %s', (_, known, at) => {
  expect(growsAt(load(known), now)).toBe(at);
});

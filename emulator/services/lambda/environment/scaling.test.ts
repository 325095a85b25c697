import { expect, test } from 'vitest';
import { type Load, nextOverdueAt, startsWanted } from './scaling.ts';

const now = 10_000;
const quick = { startMs: 200, invocationMs: 10 };
const slow = { startMs: 200, invocationMs: 2_000 };

/** Some that came at the same time, a while ago. */
const waiting = (count: number, forMs = 0) => ({ waitingSince: Array.from({ length: count }, () => now - forMs) });

const load = (known: Partial<Load>): Load => ({
  ...{ waitingSince: [], ready: 1, readySince: 0, startFailed: false, startMs: 200 },
  ...{ invocationMs: undefined, startDelay: undefined },
  ...known,
});

const none = { ready: 0, readySince: undefined, startMs: undefined };

test.each<[string, Partial<Load>, number]>([
  ['nothing waits', {}, 0],
  ['the first of all', { ...none, ...waiting(1) }, 1],
  ['many, before there is one', { ...none, ...waiting(20, 999) }, 1],
  ['many, where the first takes long to start', { ...none, ...waiting(20, 1_000) }, 20],
  ['many, after a start that failed', { ...none, startFailed: true, ...waiting(20) }, 20],
  ['one that may be done soon, as nothing is known', { ...waiting(5, 199) }, 0],
  ['one that has waited for as long as a start takes', { ...waiting(5, 200) }, 5],
  ['one that came before there was one, which is there only now', { ...waiting(5, 900), readySince: now - 100 }, 0],
  ['quick ones that are served soon', { ...quick, ...waiting(19) }, 0],
  ['too many quick ones', { ...quick, ...waiting(50) }, 2],
  ['quick ones, with environments enough', { ...quick, ...waiting(50), ready: 3 }, 0],
  ['a quick one behind one that hangs', { ...quick, ...waiting(1, 1_000) }, 1],
  ['slow ones', { ...slow, ...waiting(4) }, 4],
  ['slow ones, beside environments that work', { ...slow, ...waiting(4), ready: 8 }, 4],
  ['the first of all again, after the others have ended', { ...quick, ...waiting(1), ready: 0 }, 1],
  ['a delay of its own', { ...waiting(2, 20), startDelay: 10 }, 2],
])('%s', (_, known, starts) => {
  expect(startsWanted(load(known), now)).toBe(starts);
});

test.each<[string, Partial<Load>, number | undefined]>([
  ['nothing waits', {}, undefined],
  ['there is none yet', { ...none, ...waiting(1) }, now + 1_000],
  ['the first of all', { waitingSince: [now, now - 50] }, now + 150],
  ['the first of some', { waitingSince: [now - 150, now - 50] }, now + 50],
  ['the first that is not overdue', { waitingSince: [now - 300, now - 50] }, now + 150],
  ['all are overdue', { waitingSince: [now - 300] }, undefined],
  ['quick ones', { ...quick, waitingSince: [now - 300] }, now + 700],
])('more are wanted later: %s', (_, known, at) => {
  expect(nextOverdueAt(load(known), now)).toBe(at);
});

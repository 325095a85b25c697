import { expect, test } from 'vitest';
import { busyIn, isBusy, loadBetween, type MachineLoad, watchMachine } from './machine-load.ts';

/** A machine that has nothing to do but the experiment, and much of that. */
const quiet: MachineLoad = { cores: 2, cpu: 0.95, others: 0.03, steal: 0, queue: 2.4, lagMs: 45 };

test.each([
  { change: {}, says: [] },
  { change: { others: 0.4 }, says: ['other programs took 40 % of the processor time'] },
  { change: { steal: 0.25 }, says: ['the host of this machine took away 25 % of its processor time'] },
  { change: { lagMs: 340.4 }, says: ['this process woke up to 340 ms late'] },
  { change: { others: 1, lagMs: 200 }, says: [expect.stringMatching(/other programs/), expect.stringMatching(/late/)] },
])('a machine with $change: $says', ({ change, says }) => {
  expect(busyIn({ ...quiet, ...change })).toEqual(says);
  expect(isBusy({ ...quiet, ...change })).toBe(says.length > 0);
});

test('where a system does not tell what others take, the queue is judged', () => {
  const { others: _, ...untold } = quiet;
  expect(busyIn(untold)).toEqual([]);
  expect(busyIn({ ...untold, queue: 4.25 })).toEqual(['4.3 processes wanted each core']);
});

test('the load is that of the time between two readings, and others are who is left', () => {
  const before = { cores: 2, idle: 1000, steal: 10, total: 2000, own: 500 };
  const after = { cores: 2, idle: 1050, steal: 30, total: 2200, own: 580 };
  const load = { cores: 2, cpu: 0.75, others: 0.25, steal: 0.1, queue: 1.5, lagMs: 12.5 };
  expect(loadBetween(before, after, [2, 4], 12.5)).toEqual(load);
});

test('a time too short for a tick has no load', () => {
  const times = { cores: 2, idle: 1000, steal: 10, total: 2000 };
  expect(loadBetween(times, times, [], Number.NaN)).toEqual({ cores: 2, cpu: 0, steal: 0, lagMs: 0 });
});

test('this machine has a load, and a watch that is over tells it again', () => {
  const watch = watchMachine();
  const load = watch.stop();
  expect(load.cores).toBeGreaterThan(0);
  expect(load.cpu).toBeGreaterThanOrEqual(0);
  expect(load.cpu).toBeLessThanOrEqual(1);
  expect(Object.values(load).every(Number.isFinite)).toBe(true);
  expect(watch.stop()).toBe(load);
});

import { expect, test } from 'vitest';
import { busyIn, cpuTimesIn, isBusy, loadBetween, type MachineLoad, watchMachine } from './machine-load.ts';

const quiet: MachineLoad = { cores: 2, cpu: 0.6, steal: 0, queue: 0.8, lagMs: 20 };

test.each([
  { change: {}, says: [] },
  { change: { cpu: 1 }, says: ['100 % of its processor time was in use'] },
  { change: { steal: 0.25 }, says: ['its host took away 25 % of its processor time'] },
  { change: { queue: 2.25 }, says: ['2.3 processes wanted each core'] },
  { change: { lagMs: 340.4 }, says: ['this process woke up to 340 ms late'] },
  { change: { cpu: 1, lagMs: 200 }, says: [expect.stringMatching(/processor/), expect.stringMatching(/late/)] },
])('a machine with $change: $says', ({ change, says }) => {
  expect(busyIn({ ...quiet, ...change })).toEqual(says);
  expect(isBusy({ ...quiet, ...change })).toBe(says.length > 0);
});

test('a system that counts no waiting processes is judged by the rest', () => {
  const { queue: _, ...uncounted } = quiet;
  expect(busyIn(uncounted)).toEqual([]);
  expect(isBusy({ ...uncounted, cpu: 1 })).toBe(true);
});

test('the ticks of Linux are read: waiting for a disk is idle, and guests are counted once', () => {
  const stat = 'cpu  100 5 50 800 40 1 4 20 30 7\ncpu0 50 2 25 400 20 0 2 10 15 3\nprocs_running 3\n';
  expect(cpuTimesIn(stat)).toEqual({ idle: 840, steal: 20, total: 1020 });
});

test('the load is that of the time between two readings', () => {
  const before = { cores: 2, idle: 1000, steal: 10, total: 2000 };
  const after = { cores: 2, idle: 1050, steal: 30, total: 2200 };
  expect(loadBetween(before, after, [2, 4], 12.5)).toEqual({
    cores: 2,
    cpu: 0.75,
    steal: 0.1,
    queue: 1.5,
    lagMs: 12.5,
  });
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

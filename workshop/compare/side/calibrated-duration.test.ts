import { expect, test } from 'vitest';
import { calibratedGbSeconds, durationOf } from './calibrated-duration.ts';
import type { Activity, InvocationReport } from './function-logs.ts';

const activity = (reports: readonly InvocationReport[], gbSeconds = 9): Activity => ({
  ...{ reports, gbSeconds, invocations: {}, logBytes: 0 },
});
const warm = (ms: number): InvocationReport => ({ ms, megabytes: 512 });
const cold = (ms: number, initMs: number): InvocationReport => ({ ms, initMs, megabytes: 512 });

test('a function takes what most of its warm invocations take, and its starts apart', () => {
  const reports = [...Array.from({ length: 9 }, () => warm(6)), warm(900), cold(80, 120), cold(90, 140)];
  expect(durationOf(activity(reports))).toEqual({ warmMs: 6, initMs: 130, invocations: 12 });
});

test('of starts alone nothing is known', () => {
  expect(durationOf(activity([cold(80, 120)]))).toBeUndefined();
  expect(durationOf(activity([]))).toBeUndefined();
});

test('invocations are billed by what each takes by itself, whatever they took', () => {
  const reports = [warm(700), warm(5), cold(900, 800)];
  // Half a GB for 7 ms, three times, and once for a start of 100 ms.
  const duration = { warmMs: 6.2, initMs: 100, invocations: 20 };
  expect(calibratedGbSeconds(activity(reports), duration)).toBeCloseTo((7 + 7 + 107) / 2 / 1000, 10);
});

test('what was not calibrated is billed as it was', () => {
  expect(calibratedGbSeconds(activity([warm(700)], 0.35), undefined)).toBe(0.35);
});

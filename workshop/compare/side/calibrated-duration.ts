import type { FunctionDuration } from '../measurement.ts';
import type { Activity } from './function-logs.ts';

/** What invocations take by themselves; undefined where there was none whose environment was there. */
export function durationOf({ reports }: Activity): FunctionDuration | undefined {
  const warm = reports.filter(({ initMs }) => initMs === undefined).map(({ ms }) => ms);
  const starts = reports.flatMap(({ initMs }) => initMs ?? []);
  const [warmMs, initMs] = [meanOfMost(warm), meanOfMost(starts)];
  return warmMs === undefined
    ? undefined
    : { warmMs, invocations: reports.length, ...(initMs !== undefined && { initMs }) };
}

/** Share of the slowest that do not count: what the machine did meanwhile is none of the function's. */
const outliers = 0.1;

function meanOfMost(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const most = sorted.slice(0, Math.max(1, Math.ceil(sorted.length * (1 - outliers))));
  return sorted.length === 0 ? undefined : most.reduce((sum, value) => sum + value, 0) / most.length;
}

/**
 * What invocations are billed for if each takes as long as by itself: memory times milliseconds, rounded up, and an
 * environment's start on top of that where there was one (AWS Lambda Pricing). Under load, on a machine that functions share
 * with their customers, they take longer, and on Lambda they would not.
 * @param duration - @default - what was billed, as it is
 */
export function calibratedGbSeconds({ reports, gbSeconds }: Activity, duration: FunctionDuration | undefined): number {
  if (!duration) {
    return gbSeconds;
  }
  return reports.reduce((sum, { initMs, megabytes }) => {
    const start = initMs === undefined ? 0 : (duration.initMs ?? initMs);
    return sum + (Math.ceil(duration.warmMs + start) * megabytes) / 1024 / 1000;
  }, 0);
}

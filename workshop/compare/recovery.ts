import { percentile } from '../experiment/percentile.ts';
import type { Sample } from './measurement.ts';

const windowMs = 1_000;
const timesSlower = 2;

/** Moments, in milliseconds from the start of the measurement. */
export interface IncidentWindow {
  /** When the incident began. */
  readonly at: number;
  /** When the last customer came. What is asked after that is asked of a side that has little to do. */
  readonly until: number;
}

/**
 * Milliseconds from an incident until requests show nothing of it any more: until the end of the first second, of those
 * that begin each tenth of one, in which no request failed and the p95 was at most twice that of the second before the
 * incident, and none failed later: an incident of several blows, such as servers that are replaced one by one, lasts to
 * its last one. What was under way when it began counts as of that moment. 0 where no request showed anything; undefined
 * where it did not come to that within the run.
 */
export function timeToRecover(samples: readonly Sample[], { at, until }: IncidentWindow): number | undefined {
  const seen = samples.map((sample) => (isUnderWay(sample, at) ? { ...sample, dueAt: at } : sample));
  const usual = p95(windowOf(seen, at - windowMs));
  if (usual === undefined) {
    return undefined;
  }
  const lastFailure = latestOf(seen.filter(({ status }) => isFailed(status)));
  for (let start = at; start + windowMs <= until; start += windowMs / 10) {
    if (start <= lastFailure) {
      continue;
    }
    const slowest = p95(windowOf(seen, start));
    if (slowest !== undefined && slowest <= timesSlower * usual) {
      return start === at ? 0 : start + windowMs - at;
    }
  }
  return undefined;
}

/** Whether a request was not answered as it should have been. */
export const isFailed = (status: number): boolean => status === 0 || status >= 400;

const isUnderWay = ({ dueAt, latencyMs }: Sample, at: number): boolean => dueAt < at && dueAt + latencyMs >= at;

const latestOf = (samples: readonly Sample[]): number =>
  samples.reduce((latest, { dueAt }) => Math.max(latest, dueAt), Number.NEGATIVE_INFINITY);

const windowOf = (samples: readonly Sample[], start: number): Sample[] =>
  samples.filter(({ dueAt }) => dueAt >= start && dueAt < start + windowMs);

const p95 = (samples: readonly Sample[]): number | undefined =>
  percentile(
    samples.map(({ latencyMs }) => latencyMs),
    0.95,
  );

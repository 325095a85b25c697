import type { Sample } from './measurement.ts';

const WINDOW_MS = 1_000;
const TIMES_SLOWER = 2;

/**
 * Milliseconds from an incident until customers notice nothing of it any more: until the end of the first whole second in
 * which no request failed and the p95 was below twice that of the second before the incident, and none failed later: an
 * incident of several blows, such as servers that are replaced one by one, lasts to its last one. 0 where they never
 * noticed; undefined where it did not come to that within the run.
 */
export function timeToRecover(samples: readonly Sample[], incidentAt: number): number | undefined {
  const before = windowOf(samples, incidentAt - WINDOW_MS);
  const usual = p95(before);
  if (usual === undefined) return undefined;
  const last = latestOf(samples);
  const lastFailure = latestOf(samples.filter(({ status }) => isFailed(status)));
  for (let start = incidentAt; start + WINDOW_MS <= last + 1; start += WINDOW_MS / 10) {
    if (start <= lastFailure) continue;
    const window = windowOf(samples, start);
    const slowest = p95(window);
    const isQuiet = window.every(({ status }) => !isFailed(status)) && slowest !== undefined;
    if (isQuiet && slowest <= TIMES_SLOWER * usual) return start === incidentAt ? 0 : start + WINDOW_MS - incidentAt;
  }
  return undefined;
}

/** Whether a request was not answered as it should have been. */
export const isFailed = (status: number): boolean => status === 0 || status >= 400;

const latestOf = (samples: readonly Sample[]): number =>
  samples.reduce((latest, { dueAt }) => Math.max(latest, dueAt), Number.NEGATIVE_INFINITY);

const windowOf = (samples: readonly Sample[], start: number): Sample[] =>
  samples.filter(({ dueAt }) => dueAt >= start && dueAt < start + WINDOW_MS);

function p95(samples: readonly Sample[]): number | undefined {
  const sorted = samples.map(({ latencyMs }) => latencyMs).sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(0.95 * sorted.length))];
}

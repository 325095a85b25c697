import { percentile } from '../experiment/percentile.ts';
import type { Outcome, ScenarioRun, SideName, SideRun, Step } from './measurement.ts';
import { isFailed, timeToRecover } from './recovery.ts';

/** Milliseconds that a part of the requests took at most. */
export interface Latencies {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** What a side did in a scenario, in the time that was measured. */
export interface SideSummary {
  readonly side: SideName;
  /** Orders a second that were kept: read back, and baked once. */
  readonly keptPerSecond: number;
  /** Of what was answered as it should have been, by step; a step of which nothing was is missing. */
  readonly latency: Readonly<Partial<Record<Step, Latencies>>>;
  readonly failed: number;
  readonly orders: Readonly<Record<Outcome, number>>;
  /** Milliseconds from when it was placed until the order was baked that took longest; undefined where none was. */
  readonly slowestBake: number | undefined;
  /** How unequal the load of the processes was: 0 to 1. */
  readonly unfairness: number | undefined;
  /** After the first incident, in milliseconds; undefined where there was none, or no end of it. */
  readonly recoveredAfter: number | undefined;
  readonly peakMemoryBytes: number | undefined;
  readonly meanMemoryBytes: number | undefined;
  readonly meanProcesses: number | undefined;
}

const steps: readonly Step[] = ['place', 'list', 'follow'];

/** Sums a scenario up. The warm-up does not count, and neither do the orders that were placed in it. */
export function summarise(run: ScenarioRun): SideSummary[] {
  return run.sides.map((side) => summariseSide(side, run));
}

function summariseSide(run: SideRun, { seconds, incidents }: ScenarioRun): SideSummary {
  const samples = run.samples.filter(({ dueAt }) => dueAt >= 0);
  const answered = samples.filter(({ status }) => !isFailed(status));
  const ofCustomers = run.orders.filter(({ dueAt }) => dueAt >= 0);
  const orders: Record<Outcome, number> = { kept: 0, lost: 0, 'not baked': 0, 'baked twice': 0 };
  for (const { outcome } of ofCustomers) {
    orders[outcome] += 1;
  }
  const usage = run.usage.filter(({ at }) => at >= 0);
  const [incident] = incidents;
  return {
    side: run.side,
    keptPerSecond: orders.kept / seconds,
    latency: Object.fromEntries(
      steps.flatMap((step) => {
        const latencies = latenciesOf(answered.filter((sample) => sample.step === step));
        return latencies ? [[step, latencies]] : [];
      }),
    ),
    failed: samples.length - answered.length,
    orders,
    slowestBake: maxOf(ofCustomers.flatMap(({ bakedAfterMs }) => bakedAfterMs ?? [])),
    unfairness: gini(Object.values(run.load)),
    recoveredAfter: incident && timeToRecover(samples, { at: incident.at, until: seconds * 1000 }),
    peakMemoryBytes: maxOf(usage.map(({ memoryBytes }) => memoryBytes)),
    meanMemoryBytes: meanOf(usage.map(({ memoryBytes }) => memoryBytes)),
    meanProcesses: meanOf(usage.map(({ processes }) => processes)),
  };
}

function latenciesOf(samples: SideRun['samples']): Latencies | undefined {
  const milliseconds = samples.map(({ latencyMs }) => latencyMs);
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((part) => percentile(milliseconds, part));
  return p50 === undefined || p95 === undefined || p99 === undefined ? undefined : { p50, p95, p99 };
}

const maxOf = (values: readonly number[]): number | undefined =>
  values.length > 0 ? values.reduce((most, value) => Math.max(most, value)) : undefined;

const meanOf = (values: readonly number[]): number | undefined =>
  values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : undefined;

/**
 * The Gini coefficient of a load: 0 where everybody has the same share, towards 1 where one has it all. Undefined where
 * there is no load at all.
 */
export function gini(shares: readonly number[]): number | undefined {
  const total = shares.reduce((sum, share) => sum + share, 0);
  if (total === 0) {
    return undefined;
  }
  const sorted = [...shares].sort((a, b) => a - b);
  const weighted = sorted.reduce((sum, share, index) => sum + (index + 1) * share, 0);
  return (2 * weighted) / (sorted.length * total) - (sorted.length + 1) / sorted.length;
}

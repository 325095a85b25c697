import { percentile } from '../../../experiment/percentile.ts';
import type { BreakEven } from '../../cost/break-even.ts';
import type { Incident, Sample, ScenarioRun, SideName } from '../../measurement.ts';
import { isFailed } from '../../recovery.ts';
import { sideOf } from '../rows.ts';

export type Column = readonly (number | null)[];

/** A line, a band or bars: what is drawn of one column. */
export interface PlotSeries {
  readonly label: string;
  readonly side?: SideName;
  readonly as: 'line' | 'thin' | 'dots' | 'failures' | 'bars' | 'asked';
}

/** A plot before it is drawn: columns, of which the first is the x axis. */
export interface Plot {
  readonly kind: 'latency' | 'amount' | 'shares' | 'cost';
  readonly series: readonly PlotSeries[];
  readonly columns: readonly Column[];
  /** Put behind values of the y axis. */
  readonly unit: string;
  readonly marks: readonly Mark[];
  /** First and last of the x axis. */
  readonly range: readonly [number, number];
}

/** A vertical line, at a value of the x axis. */
export interface Mark {
  readonly at: number;
  readonly label: string;
}

const sideNames: readonly SideName[] = ['servers', 'functions'];
/** Points along the time, at most: what a plot can show, and a page hold. */
const mostPoints = 100;
/** Requests that a point should stand for, so that its percentiles mean something. */
const toAPoint = 10;
/** Milliseconds below which a plot does not tell latencies apart: its axis is logarithmic, and has no 0. */
const leastLatency = 0.1;
const niceSteps = [100, 200, 250, 500, 1_000, 2_000, 5_000, 10_000];

/** The plots of a scenario by name. What was not measured is missing, and so are lost orders where none is lost. */
export function plotsOf(run: ScenarioRun): Readonly<Record<string, Plot>> {
  const frame = { marks: run.incidents.map(markOf), range: [0, run.seconds] as const };
  const plots = {
    latency: latencyPlot(run),
    throughput: throughputPlot(run),
    lost: lostPlot(run),
    memory: memoryPlot(run),
  };
  const load = loadPlot(run);
  const there = Object.entries(plots).filter(([, plot]) => plot.columns[0]?.length);
  return {
    ...Object.fromEntries(there.map(([name, plot]) => [name, { ...frame, ...plot }])),
    ...(load.columns[0]?.length && { load }),
  };
}

type Framed = Omit<Plot, 'marks' | 'range'>;

const markOf = ({ at, title }: Incident): Mark => ({ at: at / 1000, label: title });

function latencyPlot(run: ScenarioRun): Framed {
  const requests = run.sides.reduce((most, { samples }) => Math.max(most, samples.length), 1);
  const width = widthOf(run, (toAPoint * run.seconds * 1000) / requests);
  const sides = run.sides.filter(({ samples }) => samples.some(({ dueAt }) => dueAt >= 0));
  const columns = sides.flatMap(({ samples }) => {
    const buckets = bucketsOf(samples, run, width);
    const points = buckets.map((bucket) => pointOf(bucket));
    return [
      points.map(({ p50 }) => p50),
      points.map(({ p95 }) => p95),
      points.map(({ max }) => max),
      buckets.map(failuresIn),
    ];
  });
  const series = sides.flatMap(({ side }): PlotSeries[] => [
    { label: `${side} p50`, side, as: 'line' },
    { label: `${side} p95`, side, as: 'thin' },
    { label: `${side} max`, side, as: 'dots' },
    { label: `${side} failed`, side, as: 'failures' },
  ]);
  return { kind: 'latency', unit: 'ms', series, columns: timed(columns, width) };
}

function pointOf(bucket: readonly Sample[]) {
  const answered = bucket.filter(({ status }) => !isFailed(status));
  const times = answered.map(({ latencyMs }) => Math.max(latencyMs, leastLatency));
  const part = (of: number) => rounded(percentile(times, of));
  return { p50: part(0.5), p95: part(0.95), max: part(1) };
}

const failuresIn = (bucket: readonly Sample[]): number | null =>
  bucket.filter(({ status }) => isFailed(status)).length || null;

/** Orders taken by when they were answered, beside those that were due: who cannot keep up falls behind, and catches up. */
function throughputPlot(run: ScenarioRun): Framed {
  const width = slowWidthOf(run);
  const placing = run.sides.map(({ side, samples }) => ({
    side,
    placed: samples.filter(({ step }) => step === 'place'),
  }));
  const asked = placing.map(({ placed }) => rates(bucketsOf(placed, run, width), run, width))[0];
  const taken = placing.map(({ placed }) => {
    const answered = placed.filter(({ status }) => !isFailed(status));
    const byAnswer = answered.map(({ dueAt, latencyMs }) => ({ dueAt: dueAt + latencyMs }));
    return rates(bucketsOf(byAnswer, run, width), run, width);
  });
  const series: PlotSeries[] = placing.map(({ side }) => ({ label: side, side, as: 'line' }));
  return {
    ...{ kind: 'amount', unit: '/s', series: [...(asked ? [askedSeries] : []), ...series] },
    columns: timed([...(asked ? [asked] : []), ...taken], width),
  };
}

const askedSeries: PlotSeries = { label: 'customers who came', as: 'asked' };

function lostPlot(run: ScenarioRun): Framed {
  const width = slowWidthOf(run);
  const lost = run.sides.map(({ side, orders }) => ({
    side,
    column: bucketsOf(orders, run, width).map(
      (bucket) => bucket.filter(({ outcome }) => outcome !== 'kept').length || null,
    ),
  }));
  const isAny = lost.some(({ column }) => column.some((count) => count !== null));
  return {
    ...{ kind: 'amount', unit: '', series: lost.map(({ side }) => ({ label: side, side, as: 'bars' })) },
    columns: isAny
      ? timed(
          lost.map(({ column }) => column),
          width,
        )
      : [[]],
  };
}

function memoryPlot(run: ScenarioRun): Framed {
  const width = widthOf(run, 500);
  const used = run.sides.filter(({ usage }) => usage.some(({ at }) => at >= 0));
  const columns = used.map(({ usage }) =>
    bucketsOf(
      usage.map(({ at, memoryBytes }) => ({ dueAt: at, memoryBytes })),
      run,
      width,
    ).map((bucket) =>
      bucket.length > 0 ? rounded(Math.max(...bucket.map(({ memoryBytes }) => memoryBytes)) / 2 ** 20) : null,
    ),
  );
  const series = used.map(({ side }): PlotSeries => ({ label: side, side, as: 'line' }));
  return { kind: 'amount', unit: ' MB', series, columns: timed(columns, width) };
}

/** Requests by worker as bars, those of the busiest first, servers to the left of functions. */
function loadPlot(run: ScenarioRun): Plot {
  const shares = sideNames.flatMap((side) => {
    const load = Object.values(sideOf(run, side)?.load ?? {}).toSorted((a, b) => b - a);
    return load.length > 0 ? [{ side, load }] : [];
  });
  // An empty place between the two.
  const places = shares.flatMap(({ side, load }, i) => [
    ...(i > 0 ? [{}] : []),
    ...load.map((share) => ({ side, share })),
  ]);
  return {
    ...{ kind: 'shares', unit: '', marks: [], range: [-0.7, places.length - 0.3] },
    series: shares.map(({ side, load }) => ({ label: `${side}: ${load.length}`, side, as: 'bars' })),
    columns: [
      places.map((_, i) => i),
      ...shares.map(({ side }) =>
        places.map((place: { side?: SideName; share?: number }) =>
          place.side === side ? (place.share ?? null) : null,
        ),
      ),
    ],
  };
}

/** What both sides cost a month, over the load. */
export function costPlot({ load, curve }: BreakEven): Plot {
  const columns = [
    curve.map((point) => rounded(point.load)),
    ...sideNames.map((side) => curve.map((point) => rounded(point[side]))),
  ];
  return {
    ...{ kind: 'cost', unit: '', columns, range: [curve[0]?.load ?? 0, curve.at(-1)?.load ?? 1] },
    series: sideNames.map((side) => ({ label: side, side, as: 'line' })),
    marks: load === undefined ? [] : [{ at: load, label: 'break-even' }],
  };
}

/** A nice width of buckets in milliseconds, of at least this much and no more than fit into a plot. */
function widthOf({ seconds }: ScenarioRun, least: number): number {
  const needed = Math.max(least, (seconds * 1000) / mostPoints);
  return niceSteps.find((nice) => nice >= needed) ?? needed;
}

const slowWidthOf = (run: ScenarioRun): number => widthOf(run, (toAPoint * 1000) / run.rate);

function bucketsOf<T extends { readonly dueAt: number }>(
  all: readonly T[],
  { seconds }: ScenarioRun,
  width: number,
): T[][] {
  const buckets: T[][] = Array.from({ length: Math.ceil((seconds * 1000) / width) }, () => []);
  for (const one of all) {
    if (one.dueAt >= 0) {
      buckets[Math.floor(one.dueAt / width)]?.push(one);
    }
  }
  return buckets;
}

function rates(buckets: readonly (readonly unknown[])[], { seconds }: ScenarioRun, width: number): Column {
  return buckets.map(({ length }, i) => {
    const milliseconds = Math.min(width, seconds * 1000 - i * width);
    return rounded(length / (milliseconds / 1000));
  });
}

/** Columns with their time in front of them, in seconds, each bucket at its middle. */
function timed(columns: readonly Column[], width: number): Column[] {
  const points = columns[0]?.length ?? 0;
  return [Array.from({ length: points }, (_, i) => ((i + 0.5) * width) / 1000), ...columns];
}

const rounded = (value: number | undefined): number | null =>
  value === undefined ? null : Number(value.toPrecision(5));

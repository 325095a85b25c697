import { percentile } from '../experiment/percentile.ts';
import { type BreakEven, breakEvenOf, ordersASecond } from './cost/break-even.ts';
import type { Comparison, ScenarioRun, SideName, SideRun } from './measurement.ts';
import { isFailed } from './recovery.ts';
import { milliseconds } from './report/format.ts';
import { type Row, rowsOf, shown, sideOf } from './report/rows.ts';
import { isCalibrationUsable } from './saturation.ts';

/** In plain words, in what a side is better than the other. */
export interface Verdict {
  /** `When a process is killed`. */
  readonly when: string;
  /** `no order is lost, against 20`. */
  readonly what: string;
}

export type Verdicts = Readonly<Record<SideName, readonly Verdict[]>>;

const whenOf: Readonly<Record<string, string>> = {
  steady: 'Under steady load',
  burst: 'In a burst',
  kill: 'When a process is killed',
  deploy: 'In a deploy',
  'scale-out': 'When it scales out',
  'scale-in': 'When it scales in',
};

/** What is said of the winner of a row; `ours` and `theirs` are numbers for a person. */
type Sentence = (ours: string, theirs: string, row: Row) => string;

/** What is said as a share and not as a count, which depends on how many customers the machine was fit for. */
const shares: Readonly<Record<string, (side: SideRun) => number>> = {
  lost: ({ orders }) => share(orders, ({ outcome }) => outcome === 'lost'),
  failed: ({ samples }) => share(samples, ({ status }) => isFailed(status)),
};

function share<T extends { readonly dueAt: number }>(all: readonly T[], counts: (one: T) => boolean): number {
  const measured = all.filter(({ dueAt }) => dueAt >= 0);
  return measured.length === 0 ? 0 : measured.filter(counts).length / measured.length;
}

const none = '0 %';

const percent = (of: number): string => (of > 0 && of < 0.01 ? 'less than 1 %' : `${Math.round(100 * of)} %`);

const sentences: Readonly<Record<string, Sentence>> = {
  lost: (ours, theirs) => `${ours === none ? 'no order is' : `${ours} of all orders are`} lost, against ${theirs}`,
  failed: (ours, theirs) => `${ours === none ? 'no request fails' : `${ours} of all requests fail`}, against ${theirs}`,
  recovery: (ours, theirs) => `requests are answered as before ${after(ours)}; on the other side ${after(theirs)}`,
  'slowest-bake': (ours, theirs) => `every order that is kept is baked within ${ours}, against ${theirs}`,
  'place-p50': (ours, theirs, row) => `half of all orders are taken within ${ours}, against ${theirs}${times(row)}`,
  'place-p99': (ours, theirs, row) => `99 of 100 orders are taken within ${ours}, against ${theirs}${times(row)}`,
  unfairness: (ours, theirs) => `the load is shared more evenly: Gini ${ours}, against ${theirs}`,
  'peak-memory': (ours, theirs) => `it takes ${ours} of memory at most, against ${theirs}`,
};

/** What is said of which scenario: not everything, so that what matters is read. */
const askedSeries: Readonly<Record<string, readonly string[]>> = {
  steady: ['place-p50', 'place-p99', 'lost', 'failed', 'unfairness', 'peak-memory'],
  burst: ['place-p99', 'lost', 'failed', 'peak-memory'],
};
const askedOfIncidents = ['lost', 'failed', 'slowest-bake', 'recovery', 'place-p99'];

/** Where each side wins, in words; nothing of what is even, or not known. */
export function verdictsOf(comparison: Pick<Comparison, 'scenarios' | 'calibration'>): Verdicts {
  const verdicts: Record<SideName, Verdict[]> = { servers: [], functions: [] };
  for (const run of comparison.scenarios) {
    for (const { side, ...verdict } of sentencesOf(run)) {
      verdicts[side].push(verdict);
    }
  }
  const breakEven = isCalibrationUsable(comparison) ? breakEvenOf(comparison) : undefined;
  if (breakEven) {
    verdicts.functions.push(cheaperFunctions(breakEven));
  }
  return verdicts;
}

/** What was measured is at one load; functions cost less where there is little to do. */
function cheaperFunctions({ load }: BreakEven): Verdict {
  return {
    when: load === undefined ? 'At any load' : `Below ${ordersASecond(load)}, day and night`,
    what: 'they cost less',
  };
}

function sentencesOf(run: ScenarioRun): (Verdict & { side: SideName })[] {
  const when = whenOf[run.scenario] ?? `In “${run.title}”`;
  const rows = rowsOf(run);
  return (askedSeries[run.scenario] ?? askedOfIncidents).flatMap((name) => {
    const row = rows.find((one) => one.name === name);
    const [side, sentence] = [row?.wins, sentences[name]];
    if (!row || !sentence || side === undefined || side === 'even' || !holdsThrough(run, name)) {
      return [];
    }
    const other = side === 'servers' ? 'functions' : 'servers';
    return [{ side, when, what: sentence(told(run, row, side), told(run, row, other), row) }];
  });
}

/** The number of a side in a sentence. */
function told(run: ScenarioRun, row: Row, name: SideName): string {
  const [of, side] = [shares[row.name], sideOf(run, name)];
  return of && side ? percent(of(side)) : shown(row, name);
}

/** Share by which a figure may be off in either half of its scenario. */
const mostOff = 0.25;

/** Whether a latency would be much the same if it were measured again: it is in both halves of what was measured. */
function holdsThrough({ sides, seconds }: ScenarioRun, name: string): boolean {
  const [, step, part] = /^(place|list|follow)-p(\d\d)$/.exec(name) ?? [];
  if (part === undefined) {
    return true;
  }
  const middle = seconds * 500;
  return sides.every(({ samples }) => {
    const asked = samples.filter((one) => one.step === step && one.dueAt >= 0 && !isFailed(one.status));
    const figure = (of: typeof asked) =>
      percentile(
        of.map(({ latencyMs }) => latencyMs),
        Number(part) / 100,
      );
    const whole = figure(asked);
    const halves = [asked.filter(({ dueAt }) => dueAt < middle), asked.filter(({ dueAt }) => dueAt >= middle)];
    return halves.map(figure).every((half) => whole !== undefined && half !== undefined && isNear(half, whole));
  });
}

const isNear = (half: number, whole: number): boolean => Math.abs(half - whole) <= mostOff * whole;

const after = (time: string): string => {
  if (time === milliseconds(0)) {
    return 'at once';
  }
  return time.startsWith('not') ? time : `after ${time}`;
};

/** How many times as much it is, where that is a lot. */
function times({ servers = 0, functions = 0 }: Row): string {
  const [less, more] = [Math.min(servers, functions), Math.max(servers, functions)];
  return less > 0 && more / less >= 2 ? `: ${Math.round(more / less)} times as fast` : '';
}

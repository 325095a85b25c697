import { costPerThousandOrders } from '../cost/cost.ts';
import type { Outcome, ScenarioRun, SideName, SideRun, Step } from '../measurement.ts';
import { isSaturated } from '../saturation.ts';
import { type SideSummary, summarise } from '../summary.ts';
import { count, dollars, megabytes, milliseconds, perSecond } from './format.ts';

/** One line of the comparison: a number of each side, and whose is the better one. */
export interface Row {
  readonly name: string;
  readonly title: string;
  readonly servers: number | undefined;
  readonly functions: number | undefined;
  readonly format: (value: number) => string;
  /** What is said where there is no number. */
  readonly absent: string;
  /** Missing where neither side can be better, or one is not known, or the machine was too busy for what depends on time. */
  readonly wins?: SideName | 'even';
  /** Whether a machine that is busy changes it. */
  readonly timed: boolean;
  /** Whether any of it is bad, so that who has less of it has no reason to be proud. */
  readonly isHarm: boolean;
}

/** One way to look at a side. */
interface Question {
  readonly name: string;
  readonly title: string;
  readonly better: 'less' | 'more' | 'neither';
  readonly format: (value: number) => string;
  readonly of: (side: SideSummary, run: SideRun) => number | undefined;
  /** Differences up to this are none, beside those of a twentieth. @default 0 */
  readonly within?: number;
  /** Whether it is not even asked where it is 0 on both sides, or unknown. */
  readonly onlyIfAny?: boolean;
  readonly absent?: string;
  /** @default false */
  readonly timed?: boolean;
  /** @default false */
  readonly isHarm?: boolean;
}

/** Shares of a number by which two are still as good as even: as much as two runs of the same thing may differ. */
const even = 0.05;

const latency = (step: Step, part: 'p50' | 'p95' | 'p99', title: string): Question => ({
  ...{ name: `${step}-${part}`, title: `${title}, ${part}`, better: 'less', format: milliseconds, within: 1 },
  timed: true,
  of: ({ latency: byStep }) => byStep[step]?.[part],
});

const outcome = (name: Outcome, title: string, onlyIfAny: boolean): Question => ({
  ...{ name, title, better: 'less', format: count, onlyIfAny, isHarm: true },
  of: ({ orders }, run) => (isSettled(run) ? orders[name] : undefined),
});

const questions: readonly Question[] = [
  {
    ...{ name: 'kept-a-second', title: 'orders kept', better: 'more', format: perSecond },
    of: ({ keptPerSecond }, run) => (isSettled(run) ? keptPerSecond : undefined),
  },
  outcome('lost', 'orders lost', false),
  outcome('not baked', 'orders never baked', true),
  outcome('baked twice', 'orders baked twice', true),
  {
    ...{ name: 'failed', title: 'requests failed', better: 'less', format: count, isHarm: true },
    of: ({ failed }) => failed,
  },
  latency('place', 'p50', 'placing'),
  latency('place', 'p95', 'placing'),
  latency('place', 'p99', 'placing'),
  latency('list', 'p95', 'listing'),
  latency('follow', 'p95', 'following'),
  {
    ...{ name: 'slowest-bake', title: 'slowest bake', better: 'less', format: milliseconds, onlyIfAny: true },
    // Within this, it is a matter of how busy the machine was.
    ...{ within: 1_000, timed: true, of: ({ slowestBake }) => slowestBake },
  },
  {
    ...{ name: 'recovery', title: 'time to recover', better: 'less', format: milliseconds, within: 100 },
    ...{ absent: 'not within the run', timed: true, of: ({ recoveredAfter }) => recoveredAfter },
  },
  {
    ...{ name: 'unfairness', title: 'unfairness of load (Gini)', better: 'less', within: 0.02, timed: true },
    ...{ format: (value) => value.toFixed(2), of: ({ unfairness }) => unfairness },
  },
  {
    ...{ name: 'peak-memory', title: 'memory at most', better: 'less', format: megabytes, timed: true },
    of: ({ peakMemoryBytes }) => peakMemoryBytes,
  },
  {
    ...{ name: 'mean-memory', title: 'memory on average', better: 'less', format: megabytes, timed: true },
    of: ({ meanMemoryBytes }) => meanMemoryBytes,
  },
  {
    ...{ name: 'processes', title: 'processes on average', better: 'neither', format: (value) => value.toFixed(1) },
    of: ({ meanProcesses }) => meanProcesses,
  },
  {
    ...{ name: 'cost', title: 'cost of 1,000 orders', better: 'less', format: dollars, onlyIfAny: true },
    of: (_side, run) => costPerThousandOrders(run)?.dollars,
  },
];

export interface RowsOptions {
  /** Whether a bill would hold another time. @default true */
  readonly isBilled?: boolean;
}

/** All rows of a scenario. Where it did not come to its end, or a side did not answer at all, neither side wins anything. */
export function rowsOf(run: ScenarioRun, { isBilled = true }: RowsOptions = {}): Row[] {
  const sides = summarise(run);
  const isJudged = run.partial === undefined && run.sides.every(hasAnswered);
  const areTimesJudged = isJudged && !isSaturated(run);
  return questions.flatMap((question) => {
    if ((question.name === 'recovery' && run.incidents.length === 0) || (question.name === 'cost' && !isBilled)) {
      return [];
    }
    const answer = (name: SideName) => {
      const [side, measured] = [sides.find(({ side }) => side === name), sideOf(run, name)];
      return side && measured && question.of(side, measured);
    };
    const [servers, functions] = [answer('servers'), answer('functions')];
    if (question.onlyIfAny && !servers && !functions) {
      return [];
    }
    const { name, title, format, absent = 'not known', timed = false, isHarm = false } = question;
    const wins = (timed ? areTimesJudged : isJudged) ? winner(question, servers, functions) : undefined;
    return [{ name, title, servers, functions, format, absent, timed, isHarm, ...(wins !== undefined && { wins }) }];
  });
}

const hasAnswered = ({ samples }: SideRun): boolean => samples.some(({ status }) => status !== 0);

export const sideOf = ({ sides }: ScenarioRun, name: SideName): SideRun | undefined =>
  sides.find(({ side }) => side === name);

/** Whether a number is to be seen as good: the better one, and not merely less of an evil. */
export const isGood = (row: Row, side: SideName): boolean => row.wins === side && !(row.isHarm && row[side] !== 0);

/** The number of a side in a row, for a person. */
export function shown(row: Row, side: SideName): string {
  const value = row[side];
  return value === undefined ? row.absent : row.format(value);
}

/** Whether anybody asked what became of the orders: where none is accounted for, there must have been none. */
function isSettled({ orders, samples }: SideRun): boolean {
  return orders.length > 0 || !samples.some(({ step, status }) => step === 'place' && status === 202);
}

function winner(
  { better, within = 0, name, format }: Question,
  servers: number | undefined,
  functions: number | undefined,
): Row['wins'] {
  if (better === 'neither') {
    return undefined;
  }
  if (servers === undefined || functions === undefined) {
    // Who recovers is better than who does not.
    if (name !== 'recovery' || servers === functions) {
      return undefined;
    }
    return servers === undefined ? 'functions' : 'servers';
  }
  // What is counted is different where it is different.
  const slack = format === count ? 0 : Math.max(within, even * Math.max(servers, functions));
  if (Math.abs(servers - functions) <= slack) {
    return 'even';
  }
  return servers < functions === (better === 'less') ? 'servers' : 'functions';
}

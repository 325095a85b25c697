import type { Comparison, ScenarioRun } from '../measurement.ts';
import { isCalibrationUsable, isSaturated } from '../saturation.ts';
import { type Row, rowsOf } from './rows.ts';

/** One scenario in one question: both numbers and whose is better, or why nobody's is. */
export interface Cell {
  readonly scenario: string;
  /** Missing where the question is not asked of the scenario. */
  readonly row?: Row;
  /** In a word or two: the winner, `even`, or why there is none. */
  readonly says: string;
}

export interface MatrixRow {
  readonly name: string;
  readonly title: string;
  /** In the order of the scenarios. */
  readonly cells: readonly Cell[];
}

/** What is asked of every scenario, in the order of what matters. */
const asked = ['lost', 'failed', 'place-p50', 'place-p99', 'slowest-bake', 'recovery', 'peak-memory', 'cost'];

/** All that was compared at a glance: a row for each question, with a cell for each scenario. Questions that nothing answers are left out. */
export function matrixOf(comparison: Pick<Comparison, 'scenarios' | 'calibration'>): MatrixRow[] {
  const isBilled = isCalibrationUsable(comparison);
  const rows = comparison.scenarios.map((run) => ({ run, rows: rowsOf(run, { isBilled }) }));
  return asked.flatMap((name) => {
    const answers = rows.map(({ run, rows: ofRun }) => ({ run, row: ofRun.find((row) => row.name === name) }));
    const title = answers.find(({ row }) => row)?.row?.title;
    return title === undefined ? [] : [{ name, title, cells: answers.map(({ run, row }) => cellOf(run, row)) }];
  });
}

function cellOf(run: ScenarioRun, row: Row | undefined): Cell {
  const { scenario } = run;
  return row === undefined ? { scenario, says: '' } : { scenario, row, says: wordOf(run, row) };
}

function wordOf(run: ScenarioRun, { wins, timed, servers, functions }: Row): string {
  if (wins !== undefined) {
    return wins;
  }
  if (run.partial !== undefined) {
    return 'partial';
  }
  if (timed && isSaturated(run)) {
    return 'too busy';
  }
  return servers === undefined && functions === undefined ? 'not known' : 'open';
}

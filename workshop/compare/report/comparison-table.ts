import { type Paint, plain } from '../../../terminal/paint.ts';
import { columnWidths, indented, rowLines, usualWidth } from '../../../terminal/text-table.ts';
import { assumptionsOf, breakEvenOf, breakEvenSentence, partsSentence } from '../cost/break-even.ts';
import type { Comparison, ScenarioRun, SideName } from '../measurement.ts';
import { isCalibrationUsable, saturationBanner } from '../saturation.ts';
import { verdictsOf } from '../verdicts.ts';
import { matrixOf } from './matrix.ts';
import { isGood, type Row, rowsOf, shown } from './rows.ts';

const sideNames: readonly SideName[] = ['servers', 'functions'];
const headings = ['', ...sideNames, 'better'] as const;
const indent = 2;

/**
 * A comparison for a terminal: what was too busy, who is better in what, and what it costs. The numbers of one scenario alone
 * are a block; those of several are in the report.
 */
export function comparisonTable(comparison: Comparison, paint: Paint = plain, width = usualWidth): string {
  const { scenarios } = comparison;
  const verdicts = verdictsOf(comparison);
  const banner = saturationBanner(comparison);
  const isOne = scenarios.length === 1;
  const blocks = [
    ...(banner === undefined
      ? []
      : [
          indented(banner, 0, width)
            .map((line) => paint('yellow', line))
            .join('\n'),
        ]),
    ...(isOne ? [] : [matrix(comparison, paint, width)]),
    ...scenarios
      .filter(({ partial }) => isOne || partial !== undefined)
      .map((run) => block(run, isOne ? rowsOf(run, { isBilled: isCalibrationUsable(comparison) }) : [], paint, width)),
    ...costBlock(comparison, paint, width),
    ...sideNames.map((side) =>
      [
        paint('bold', `Where ${side} win`),
        ...verdicts[side].flatMap(({ when, what }) => indented(`${when}, ${what}.`, indent, width)),
        ...(verdicts[side].length === 0 ? ['  Nowhere, in what was measured.'] : []),
      ].join('\n'),
    ),
  ];
  return blocks.join('\n\n');
}

/** Who is better in which scenario, at a glance. */
function matrix(comparison: Comparison, paint: Paint, width: number): string {
  const rows = matrixOf(comparison);
  const heads = ['better in', ...comparison.scenarios.map(({ scenario }) => scenario)];
  const cells = rows.map(({ title, cells: ofRow }) => [title, ...ofRow.map(({ says }) => says || '-')]);
  const widths = columnWidths([heads, ...cells], width - indent);
  const isPale = (text: string) => text !== 'servers' && text !== 'functions';
  const paleUnlessWon = (column: number, text: string) => (column > 0 && isPale(text) ? paint('dim', text) : text);
  return [
    ...rowLines(heads, widths).map((line) => `  ${paint('bold', line)}`),
    ...cells.flatMap((row) => rowLines(row, widths, { paint: paleUnlessWon }).map((line) => `  ${line}`)),
  ].join('\n');
}

function block(run: ScenarioRun, rows: readonly Row[], paint: Paint, width: number): string {
  const { title, rate, seconds, partial, sides } = run;
  const heading = `${paint('bold', title)}${paint('dim', `  ${rate} customers a second, ${seconds} s`)}`;
  const warning =
    partial === undefined ? [] : indented(`partial: ${partial}`, indent, width).map((line) => paint('yellow', line));
  if (sides.length === 0 || rows.length === 0) {
    return [heading, ...warning].join('\n');
  }
  return [heading, ...warning, ...lines(rows, paint, width)].join('\n');
}

function lines(rows: readonly Row[], paint: Paint, width: number): string[] {
  const cells = rows.map((row) => [row.title, ...sideNames.map((side) => shown(row, side)), row.wins ?? '']);
  const widths = columnWidths([headings, ...cells], width - indent);
  const isRight = (column: number) => column === 1 || column === 2;
  const head = rowLines(headings, widths, { isRight }).map((line) => paint('dim', `  ${line}`));
  return [
    ...head,
    ...rows.flatMap((row, i) => {
      const painted = (column: number, text: string): string => {
        const side = sideNames[column - 1];
        if (side && isGood(row, side)) {
          return paint('green', text);
        }
        return column === 3 && row.wins === 'even' ? paint('dim', text) : text;
      };
      return rowLines(cells[i] ?? [], widths, { isRight, paint: painted }).map((line) => `  ${line}`);
    }),
  ];
}

function costBlock(comparison: Comparison, paint: Paint, width: number): string[] {
  const breakEven = isCalibrationUsable(comparison) ? breakEvenOf(comparison) : undefined;
  if (!breakEven) {
    return [];
  }
  const told = (sentence: string) => indented(sentence, indent, width);
  return [
    [
      paint('bold', 'Cost'),
      ...[breakEvenSentence(breakEven), partsSentence(breakEven)].flatMap(told),
      ...assumptionsOf(breakEven, comparison)
        .flatMap(told)
        .map((line) => paint('dim', line)),
    ].join('\n'),
  ];
}

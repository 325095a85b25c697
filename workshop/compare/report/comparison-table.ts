import { type Paint, plain } from '../../../terminal/paint.ts';
import { assumptionsOf, breakEvenOf, breakEvenSentence, partsSentence } from '../cost/break-even.ts';
import type { Comparison, ScenarioRun, SideName } from '../measurement.ts';
import { verdictsOf } from '../verdicts.ts';
import { type Row, rowsOf, shown } from './rows.ts';

const sideNames: readonly SideName[] = ['servers', 'functions'];
const headings = ['', ...sideNames, 'better'] as const;

/** A comparison for a terminal: a block for each scenario, what it costs, and where each side wins. */
export function comparisonTable(comparison: Comparison, paint: Paint = plain): string {
  const { scenarios } = comparison;
  const verdicts = verdictsOf(comparison);
  const blocks = [
    ...scenarios.map((run) => block(run, paint)),
    ...costBlock(comparison, paint),
    ...sideNames.map((side) =>
      [
        paint('bold', `Where ${side} win`),
        ...verdicts[side].map(({ when, what }) => `  ${when}, ${what}.`),
        ...(verdicts[side].length === 0 ? ['  Nowhere, in what was measured.'] : []),
      ].join('\n'),
    ),
  ];
  return blocks.join('\n\n');
}

function block(run: ScenarioRun, paint: Paint): string {
  const { title, rate, seconds, partial, sides } = run;
  const heading = `${paint('bold', title)}${paint('dim', `  ${rate} customers a second, ${seconds} s`)}`;
  const warning = partial === undefined ? [] : [paint('yellow', `  partial: ${partial}`)];
  if (sides.length === 0) {
    return [heading, ...warning].join('\n');
  }
  return [heading, ...warning, ...lines(rowsOf(run), paint)].join('\n');
}

function lines(rows: readonly Row[], paint: Paint): string[] {
  const cells = rows.map((row) => [row.title, ...sideNames.map((side) => shown(row, side)), row.wins ?? '']);
  const widths = headings.map((heading, i) => Math.max(heading.length, ...cells.map((row) => (row[i] ?? '').length)));
  const padded = (texts: readonly string[]) =>
    texts.map((text, i) => (i === 1 || i === 2 ? text.padStart(widths[i] ?? 0) : text.padEnd(widths[i] ?? 0)));
  const head = paint('dim', `  ${padded(headings).join('  ').trimEnd()}`);
  return [
    head,
    ...cells.map((row, i) => {
      const wins = rows[i]?.wins;
      const [title = '', servers = '', functions = '', better = ''] = padded(row);
      const painted = [
        wins === 'servers' ? paint('green', servers) : servers,
        wins === 'functions' ? paint('green', functions) : functions,
        wins === 'even' ? paint('dim', better.trimEnd()) : better.trimEnd(),
      ];
      return `  ${[title, ...painted].join('  ').trimEnd()}`;
    }),
  ];
}

function costBlock(comparison: Comparison, paint: Paint): string[] {
  const breakEven = breakEvenOf(comparison);
  if (!breakEven) {
    return [];
  }
  const assumptions = assumptionsOf(breakEven).map((assumption) => paint('dim', `  ${assumption}`));
  const sentences = [breakEvenSentence(breakEven), partsSentence(breakEven)].map((sentence) => `  ${sentence}`);
  return [[paint('bold', 'Cost'), ...sentences, ...assumptions].join('\n')];
}

import { columnWidths, rowLines } from '../../terminal/text-table.ts';
import type { Row, Spread } from './sample.ts';

const notKnown = 'not known';

/** Three figures of a number say enough of a measurement. */
const rounded = (value: number): string => Number(value.toPrecision(3)).toLocaleString('en', { useGrouping: false });

function cellOf(spread: Spread | undefined, unit: string): string {
  if (!spread) {
    return notKnown;
  }
  const { median, least, most } = spread;
  const range = least === most ? '' : ` (${rounded(least)} to ${rounded(most)})`;
  return `${rounded(median)} ${unit}${range}`;
}

function cells({ figure, unit, spreads, ratios }: Row): string[] {
  return [
    figure,
    ...spreads.map((spread) => cellOf(spread, unit)),
    ...ratios.map((ratio) => (ratio === undefined ? notKnown : `${rounded(ratio)} times`)),
  ];
}

const headOf = (endpoints: readonly string[]): string[] => [
  'figure',
  ...endpoints,
  ...endpoints.slice(1).map((name) => `${name} / ${endpoints[0]}`),
];

/** The rows as a table for a terminal: medians, and the least and the most in parentheses. */
export function textTable(endpoints: readonly string[], rows: readonly Row[], width: number): string {
  const table = [headOf(endpoints), ...rows.map(cells)];
  const widths = columnWidths(table, width);
  return table.flatMap((row) => rowLines(row, widths)).join('\n');
}

/** The same in Markdown. */
export function markdownTable(endpoints: readonly string[], rows: readonly Row[]): string {
  const line = (row: readonly string[]) => `| ${row.join(' | ')} |`;
  const head = headOf(endpoints);
  return [line(head), line(head.map(() => '---')), ...rows.map((row) => line(cells(row)))].join('\n');
}

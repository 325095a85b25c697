import { columnWidths, rowLines, usualWidth } from '../../terminal/text-table.ts';
import type { Finding } from '../experiment/experiment.ts';
import type { Proof } from './proof.ts';
import { withUnit } from './verdict.ts';

/** How the findings of several runs of one proof spread, as lines of a table. */
export function ranges(proofs: readonly Proof[], width = usualWidth): string {
  const rows = (proofs.find(({ rows }) => rows.length > 0) ?? proofs[0])?.rows ?? [];
  const lines = rows.map(({ name, title, unit, mustBe }) => {
    const same = proofs.flatMap((proof) => proof.rows.filter((row) => row.name === name));
    const held = same.filter(({ holds }) => holds).length;
    return [
      title,
      span(
        same.map(({ before }) => before.finding),
        unit,
      ),
      span(
        same.map(({ after }) => after.finding),
        unit,
      ),
      mustBe ?? '',
      `${held} of ${proofs.length}`,
    ];
  });
  const table = [['observable', 'before', 'after', 'must be', 'held'], ...lines];
  const widths = columnWidths(table, width - indent.length);
  return table.flatMap((line) => rowLines(line, widths).map((text) => `${indent}${text}`)).join('\n');
}

const indent = '  ';

/** What several runs found of one observable: a range, or all that differs. */
export function span(findings: readonly (Finding | undefined)[], unit: string | undefined): string {
  if (findings.every((finding) => typeof finding === 'number')) {
    const [least, most] = [Math.min(...findings), Math.max(...findings)];
    return least === most ? withUnit(least, unit) : `${withUnit(least)} to ${withUnit(most, unit)}`;
  }
  return [...new Set(findings.map((finding) => withUnit(finding, unit)))].join(', ');
}

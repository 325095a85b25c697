import { type Paint, plain } from '../../terminal/paint.ts';
import { columnWidths, indented, rowLines, usualWidth } from '../../terminal/text-table.ts';
import { headlineText } from './headline.ts';
import type { Proof } from './proof.ts';
import { type Row, type Side, type VerdictWord, withUnit } from './verdict.ts';

const headings = ['observable', 'before', 'after', 'must be'] as const;
const mark = { holds: '  ', fails: 'x ' } as const;

/** What the rows of a proof are headed by, in the order of its table. */
export const tableParts: readonly { readonly kind: Row['kind']; readonly heading: string }[] = [
  { kind: 'gate', heading: 'Gates: must fail before and pass after' },
  { kind: 'guard', heading: 'Guards: met on both sides' },
  { kind: 'shown', heading: 'For information' },
];

/** The rows of a proof as a table, gates and guards apart. A row that does not do its part has a cross. */
export function table(rows: readonly Row[], paint: Paint = plain, width = usualWidth): string {
  const cells = rows.map(cellsOf);
  const widths = columnWidths([headings, ...cells], width - mark.holds.length);
  const parts = tableParts.flatMap(({ kind, heading }) => {
    const lines = rows.flatMap((row, i) => (row.kind === kind ? linesOf(row, cells[i] ?? []) : []));
    return lines.length > 0 ? [paint('dim', heading), ...lines, ''] : [];
  });
  const head = rowLines(headings, widths).map((line) => paint('bold', mark.holds + line));
  return [...head, ...parts].join('\n').trimEnd();

  function linesOf(row: Row, texts: readonly string[]): string[] {
    const colours = [undefined, colourOf(row, row.before, 'before'), colourOf(row, row.after, 'after')];
    const lines = rowLines(texts, widths, {
      paint: (column, text) => (colours[column] ? paint(colours[column], text) : text),
    });
    const sign = row.holds ? mark.holds : paint('red', mark.fails);
    return lines.map((line, i) => `${i === 0 ? sign : mark.holds}${line}`);
  }
}

function cellsOf({ title, unit, before, after, mustBe }: Row): string[] {
  return [title, withUnit(before.finding, unit), withUnit(after.finding, unit), mustBe ?? ''];
}

/** What is bad for the customers is never green, though a gate is meant to be missed before. Nor is a gate that is met then. */
function colourOf(
  { kind }: Row,
  { finding, met }: Side,
  side: 'before' | 'after',
): 'green' | 'red' | 'yellow' | undefined {
  if (finding === undefined) {
    return 'red';
  }
  if (met === undefined) {
    return undefined;
  }
  if (!met) {
    return 'red';
  }
  return kind === 'gate' && side === 'before' ? 'yellow' : 'green';
}

const colours = { PROVED: 'green', 'NOT PROVED': 'red', 'CANNOT RUN HERE': 'yellow', 'TOO BUSY': 'yellow' } as const;

export const paintVerdict = (word: VerdictWord, paint: Paint): string => paint(colours[word], word);

/** What the two sides are called: `snapshot 5 -> snapshot 6`. */
export function sidesOf({ before, after }: Pick<Proof, 'before' | 'after'>): string {
  const name = ({ snapshot, folder }: Proof['before']) =>
    folder.startsWith('workshop') || folder === 'functions' ? `snapshot ${snapshot}` : folder;
  return `${name(before)} -> ${name(after)}`;
}

/** A whole proof for a terminal: what was asked, the table, the verdict with its headline, and its reasons. */
export function showProof(proof: Proof, paint: Paint = plain, width = usualWidth): string {
  const { factor, name, question, rows, verdict, reasons, seconds } = proof;
  const headline = headlineText(proof);
  return [
    paint('bold', `Factor ${factor}, ${name}: ${sidesOf(proof)}`),
    ...indented(question, 0, width),
    '',
    ...(rows.length > 0 ? [table(rows, paint, width), ''] : []),
    `${paintVerdict(verdict, paint)} in ${seconds.total.toFixed(1)} s`,
    ...(headline === '' ? [] : indented(headline, 0, width)),
    ...reasons.flatMap((reason) => indented(reason, 2, width)),
  ].join('\n');
}

/** A proof in one line, and what is wrong with it in another. */
export function verdictLine(proof: Proof, paint: Paint = plain, width = usualWidth): string {
  const { factor, name, verdict, reasons, seconds } = proof;
  const padding = ' '.repeat(Math.max(0, 'CANNOT RUN HERE'.length - verdict.length));
  const what = `${String(factor).padStart(2)} ${name.padEnd(20)} ${sidesOf(proof).padEnd(26)}`;
  const line = `${what} ${paintVerdict(verdict, paint)}${padding} ${seconds.total.toFixed(1).padStart(5)} s`;
  if (reasons.length === 0) {
    return line;
  }
  const more = reasons.length > 1 ? ` (and ${reasons.length - 1} more)` : '';
  return [line, ...indented(`${reasons[0]}${more}`, 3, width)].join('\n');
}

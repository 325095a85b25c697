import { type Paint, plain } from '../../terminal/paint.ts';
import type { Proof } from './proof.ts';
import { type Row, type Side, type VerdictWord, withUnit } from './verdict.ts';

const headings = ['observable', 'before', 'after', 'must be'] as const;

/** What the rows of a proof are headed by, in the order of its table. */
export const tableParts: readonly { readonly kind: Row['kind']; readonly heading: string }[] = [
  { kind: 'gate', heading: 'Gates: must fail before and pass after' },
  { kind: 'guard', heading: 'Guards: met on both sides' },
  { kind: 'shown', heading: 'For information' },
];

/** The rows of a proof as a table, gates and guards apart. */
export function table(rows: readonly Row[], paint: Paint = plain): string {
  const cells = rows.map(cellsOf);
  const widths = headings.map((heading, i) => Math.max(heading.length, ...cells.map((row) => (row[i] ?? '').length)));
  const line = (texts: readonly string[]) => texts.map((text, i) => text.padEnd(widths[i] ?? 0));
  const parts = tableParts.flatMap(({ kind, heading }) => {
    const lines = rows.flatMap((row, i) => {
      if (row.kind !== kind) {
        return [];
      }
      const [observable = '', before = '', after = '', mustBe = ''] = line(cells[i] ?? []);
      const [asIs, wanted] = [colourOf(row, row.before, 'before'), colourOf(row, row.after, 'after')];
      const mark = row.holds ? '' : paint('red', '  <- this one');
      const painted = [observable, asIs ? paint(asIs, before) : before, wanted ? paint(wanted, after) : after];
      return [`  ${[...painted, mustBe].join('  ').trimEnd()}${mark}`];
    });
    return lines.length > 0 ? [paint('dim', heading), ...lines, ''] : [];
  });
  return [paint('bold', `  ${line(headings).join('  ').trimEnd()}`), ...parts].join('\n').trimEnd();
}

function cellsOf({ title, unit, before, after, mustBe }: Row): string[] {
  return [title, withUnit(before.finding, unit), withUnit(after.finding, unit), mustBe ?? ''];
}

/** A finding is green where it is as it should be: for a gate that is missed before. */
function colourOf({ kind }: Row, { finding, met }: Side, side: 'before' | 'after'): 'green' | 'red' | undefined {
  if (finding === undefined) {
    return 'red';
  }
  if (met === undefined) {
    return undefined;
  }
  return met === !(kind === 'gate' && side === 'before') ? 'green' : 'red';
}

const colours = { PROVED: 'green', 'NOT PROVED': 'red', 'CANNOT RUN HERE': 'yellow' } as const;

export const paintVerdict = (word: VerdictWord, paint: Paint): string => paint(colours[word], word);

/** What the two sides are called: `snapshot 5 -> snapshot 6`. */
export function sidesOf({ before, after }: Proof): string {
  const name = ({ snapshot, folder }: Proof['before']) =>
    folder.startsWith('workshop') || folder === 'functions' ? `snapshot ${snapshot}` : folder;
  return `${name(before)} -> ${name(after)}`;
}

/** A whole proof for a terminal: what was asked, the table, the verdict and its reasons. */
export function showProof(proof: Proof, paint: Paint = plain): string {
  const { factor, name, question, rows, verdict, reasons, seconds } = proof;
  return [
    paint('bold', `Factor ${factor}, ${name}: ${sidesOf(proof)}`),
    question,
    '',
    ...(rows.length > 0 ? [table(rows, paint), ''] : []),
    `${paintVerdict(verdict, paint)} in ${seconds.total.toFixed(1)} s`,
    ...reasons.map((reason) => `  ${reason}`),
  ].join('\n');
}

/** A proof in one line. */
export function verdictLine(proof: Proof, paint: Paint = plain): string {
  const { factor, name, verdict, reasons, seconds } = proof;
  const why =
    reasons.length > 0 ? `  ${reasons[0]}${reasons.length > 1 ? ` (and ${reasons.length - 1} more)` : ''}` : '';
  const padding = ' '.repeat(Math.max(0, 'NOT PROVED'.length - verdict.length));
  const what = `${String(factor).padStart(2)} ${name.padEnd(20)} ${sidesOf(proof)}`;
  return `${what.padEnd(52)} ${paintVerdict(verdict, paint)}${padding} ${seconds.total.toFixed(1).padStart(5)} s${why}`;
}

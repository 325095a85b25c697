import { structuredPatch } from 'diff';
import { stringify } from 'yaml';
import { type Paint, plain } from '../../terminal/paint.ts';
import type { CodeChanges, FileChange, Source } from './roles.ts';
import type { TemplateChange } from './template-changes.ts';

const context = 3;
/** A file that only one side has is shown whole up to here: a longer one is not a lesson any more. */
const wholeLines = 200;
const nowhere = '/dev/null';
const noCode = 'No code changed: it is all in the infrastructure and the tools.';

/** The code of two sides as a unified diff; files of one side alone are shown whole, unless they are long. */
export function showCode({ files, packagesLost, packagesGained }: CodeChanges, paint: Paint = plain): string {
  const packages = [...packagesLost.map((name) => `-${name}`), ...packagesGained.map((name) => `+${name}`)];
  const parts = files.map((change) => showFile(change, paint));
  if (packages.length > 0) {
    parts.push(['packages that the code imports', ...packages.map((line) => painted(line, paint))].join('\n'));
  }
  return parts.length > 0 ? parts.join('\n\n') : noCode;
}

/** How much changed where: a line for each file. */
export function showCodeStat({ files, packagesLost, packagesGained }: CodeChanges, paint: Paint = plain): string {
  const rows = files.map((change) => {
    const hunks = hunksOf(change.before?.text ?? '', change.after?.text ?? '');
    return { name: titleOf(change), ...count(hunks) };
  });
  for (const name of packagesLost) {
    rows.push({ name: `package ${name}`, added: 0, removed: 1 });
  }
  for (const name of packagesGained) {
    rows.push({ name: `package ${name}`, added: 1, removed: 0 });
  }
  return rows.length > 0 ? showStat(rows, paint) : noCode;
}

/** The templates of two stages, entry by entry, as a person would write them. */
export function showTemplate(changes: readonly TemplateChange[], paint: Paint = plain): string {
  if (changes.length === 0) {
    return 'The templates are the same.';
  }
  return changes
    .map((change) => {
      const hunks = hunksOf(yamlOf(change.before), yamlOf(change.after));
      const sign = { added: '+', removed: '-', changed: '~' }[change.kind];
      return [paint('bold', `${sign} ${entryOf(change)}`), ...linesOf(hunks, paint, change.kind === 'changed')].join(
        '\n',
      );
    })
    .join('\n\n');
}

export function showTemplateStat(changes: readonly TemplateChange[], paint: Paint = plain): string {
  const rows = changes.map((change) => ({
    name: entryOf(change),
    ...count(hunksOf(yamlOf(change.before), yamlOf(change.after))),
  }));
  return rows.length > 0 ? showStat(rows, paint) : 'The templates are the same.';
}

const entryOf = ({ section, id, type }: TemplateChange): string =>
  `${section}${id ? `.${id}` : ''}${type ? ` (${type})` : ''}`;

const yamlOf = (value: unknown): string => (value === undefined ? '' : stringify(value, { lineWidth: 110 }));

type Hunks = ReturnType<typeof structuredPatch>['hunks'];

const hunksOf = (before: string, after: string): Hunks =>
  structuredPatch('', '', before, after, undefined, undefined, { context: context }).hunks;

function showFile(change: FileChange, paint: Paint): string {
  const { before, after } = change;
  const heading = [`--- ${before?.path ?? nowhere}`, `+++ ${after?.path ?? nowhere}`].map((line) =>
    paint('bold', line),
  );
  const only = before && after ? undefined : (before ?? after);
  if (only && lineCount(only) > wholeLines) {
    return [...heading, `(${lineCount(only)} lines ${before ? 'removed' : 'added'}: too many to show)`].join('\n');
  }
  const hunks = hunksOf(before?.text ?? '', after?.text ?? '');
  return [...heading, ...linesOf(hunks, paint, only === undefined)].join('\n');
}

function linesOf(hunks: Hunks, paint: Paint, withPlaces: boolean): string[] {
  return hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
    ...(withPlaces ? [paint('dim', `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`)] : []),
    ...lines.filter((line) => !line.startsWith('\\')).map((line) => painted(line, paint)),
  ]);
}

function painted(line: string, paint: Paint): string {
  if (line.startsWith('+')) {
    return paint('green', line);
  }
  return line.startsWith('-') ? paint('red', line) : line;
}

function titleOf({ before, after }: FileChange): string {
  if (!before || !after || before.path === after.path) {
    return (after ?? before)?.path ?? '';
  }
  return `${before.path} => ${after.path}`;
}

const lineCount = ({ text }: Source): number => text.trimEnd().split('\n').length;

function count(hunks: Hunks): { readonly added: number; readonly removed: number } {
  const lines = hunks.flatMap((hunk) => hunk.lines);
  const starting = (sign: string) => lines.filter((line) => line.startsWith(sign)).length;
  return { added: starting('+'), removed: starting('-') };
}

interface Counted {
  readonly name: string;
  readonly added: number;
  readonly removed: number;
}

function showStat(rows: readonly Counted[], paint: Paint): string {
  const width = Math.max(0, ...rows.map(({ name }) => name.length));
  const sum = rows.reduce((total, row) => ({ added: total.added + row.added, removed: total.removed + row.removed }), {
    added: 0,
    removed: 0,
  });
  const line = ({ name, added, removed }: Counted) =>
    `  ${name.padEnd(width)}  ${paint('green', `+${added}`.padStart(5))} ${paint('red', `-${removed}`.padStart(5))}`;
  return [...rows.map(line), line({ name: 'together', ...sum })].join('\n');
}

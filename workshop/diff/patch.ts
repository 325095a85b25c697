import { type Paint, plain } from '../../terminal/paint.ts';
import type { FileChange, Source } from './file-change.ts';
import { type Hunks, hunksBetween, hunksOfEntry, nameOfEntry } from './hunks.ts';
import type { CodeChanges } from './roles.ts';
import type { TemplateChange } from './template-changes.ts';

/** A file that only one side has is shown whole up to here: a longer one is not a lesson any more. */
const wholeLines = 200;
const nowhere = '/dev/null';

/** What is said where there is no change to show. */
export const noCode = 'No code changed: it is all in the infrastructure and the tools.';
export const sameTemplates = 'The templates are the same.';

/** The code of two sides as a unified diff; files of one side alone are shown whole, unless they are long. */
export function showCode({ files, packagesLost, packagesGained }: CodeChanges, paint: Paint = plain): string {
  const packages = [...packagesLost.map((name) => `-${name}`), ...packagesGained.map((name) => `+${name}`)];
  const parts = files.map((change) => showFile(change, paint));
  if (packages.length > 0) {
    parts.push(['packages that the code imports', ...packages.map((line) => painted(line, paint))].join('\n'));
  }
  return parts.length > 0 ? parts.join('\n\n') : noCode;
}

/** The templates of two stages, entry by entry, as a person would write them. */
export function showTemplate(changes: readonly TemplateChange[], paint: Paint = plain): string {
  if (changes.length === 0) {
    return sameTemplates;
  }
  return changes
    .map((change) => {
      const hunks = hunksOfEntry(change);
      const sign = { added: '+', removed: '-', changed: '~' }[change.kind];
      return [
        paint('bold', `${sign} ${nameOfEntry(change)}`),
        ...linesOf(hunks, paint, change.kind === 'changed'),
      ].join('\n');
    })
    .join('\n\n');
}

function showFile(change: FileChange, paint: Paint): string {
  const { before, after } = change;
  const heading = [`--- ${before?.path ?? nowhere}`, `+++ ${after?.path ?? nowhere}`].map((line) =>
    paint('bold', line),
  );
  const only = before && after ? undefined : (before ?? after);
  if (only && lineCount(only) > wholeLines) {
    return [...heading, `(${lineCount(only)} lines ${before ? 'removed' : 'added'}: too many to show)`].join('\n');
  }
  const hunks = hunksBetween(before?.text ?? '', after?.text ?? '');
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

const lineCount = ({ text }: Source): number => text.trimEnd().split('\n').length;

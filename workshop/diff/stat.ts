import { type Paint, plain } from '../../terminal/paint.ts';
import type { FileChange } from './file-change.ts';
import { type Hunks, hunksBetween, hunksOfEntry, nameOfEntry } from './hunks.ts';
import { noCode, sameTemplates } from './patch.ts';
import type { CodeChanges } from './roles.ts';
import type { TemplateChange } from './template-changes.ts';

/** Lines that a change adds and removes. */
export interface LineCount {
  readonly added: number;
  readonly removed: number;
}

interface Row extends LineCount {
  readonly name: string;
}

/** How much code changed where: a line for each file. */
export function showCodeStat(changes: CodeChanges, paint: Paint = plain): string {
  const rows = [...changes.files.map(rowOfFile), ...packageRows(changes)];
  return rows.length > 0 ? showRows(rows, paint) : noCode;
}

/** How much of a template changed where: a line for each entry. */
export function showTemplateStat(changes: readonly TemplateChange[], paint: Paint = plain): string {
  return changes.length > 0 ? showRows(changes.map(rowOfEntry), paint) : sameTemplates;
}

/** Lines of files; a package that the code imports is a line of it already. */
export const countFiles = (files: readonly FileChange[]): LineCount => sum(files.map(rowOfFile));

export const countTemplate = (changes: readonly TemplateChange[]): LineCount => sum(changes.map(rowOfEntry));

function rowOfFile(change: FileChange): Row {
  const { before, after } = change;
  return { name: titleOf(change), ...count(hunksBetween(before?.text ?? '', after?.text ?? '')) };
}

const rowOfEntry = (change: TemplateChange): Row => ({ name: nameOfEntry(change), ...count(hunksOfEntry(change)) });

function packageRows({ packagesLost, packagesGained }: CodeChanges): Row[] {
  return [
    ...packagesLost.map((name) => ({ name: `package ${name}`, added: 0, removed: 1 })),
    ...packagesGained.map((name) => ({ name: `package ${name}`, added: 1, removed: 0 })),
  ];
}

function titleOf({ before, after }: FileChange): string {
  if (!before || !after || before.path === after.path) {
    return (after ?? before)?.path ?? '';
  }
  return `${before.path} => ${after.path}`;
}

function count(hunks: Hunks): LineCount {
  const lines = hunks.flatMap((hunk) => hunk.lines);
  const starting = (sign: string) => lines.filter((line) => line.startsWith(sign)).length;
  return { added: starting('+'), removed: starting('-') };
}

function sum(counts: readonly LineCount[]): LineCount {
  return {
    added: counts.reduce((total, { added }) => total + added, 0),
    removed: counts.reduce((total, { removed }) => total + removed, 0),
  };
}

function showRows(rows: readonly Row[], paint: Paint): string {
  const width = Math.max(...rows.map(({ name }) => name.length));
  const line = ({ name, added, removed }: Row) =>
    `  ${name.padEnd(width)}  ${paint('green', `+${added}`.padStart(5))} ${paint('red', `-${removed}`.padStart(5))}`;
  return [...rows.map(line), line({ name: 'together', ...sum(rows) })].join('\n');
}

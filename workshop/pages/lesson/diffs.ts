import type { FileChange } from '../../diff/file-change.ts';
import { type Hunks, hunksBetween, hunksOfEntry, nameOfEntry } from '../../diff/hunks.ts';
import { noCode, sameTemplates } from '../../diff/patch.ts';
import { type CodeChanges, type CodeSide, cdkSourceOf, codeChanges, codeOf } from '../../diff/roles.ts';
import { reviewedTemplate } from '../../diff/steps.ts';
import { templateChanges } from '../../diff/template-changes.ts';
import { solutionOf } from '../../guide/solution.ts';
import { type Snapshot, snapshotNumbered } from '../../snapshots.ts';
import type { CodePart, DiffFile, DiffKind, DiffLine, DiffRow, DiffShown } from '../protocol.ts';
import { highlightedLines, languageOf } from './highlight.ts';
import { editorLink } from './links.ts';

/** Lines from which on a change is folded at first, as is a file that is no root of the snapshot. */
const longFrom = 150;

/** What a factor changes, or what leads to its solution. @throws UserError where there is no exercise */
export async function diffOf(factor: number, kind: DiffKind, repository: string): Promise<DiffShown> {
  const between = { before: `snapshot ${factor - 1}`, after: `snapshot ${factor}` };
  switch (kind) {
    case 'code':
      return { ...between, ...showFiles(await changesOf(factor, codeOf, repository), repository) };
    case 'cdk':
      return { ...between, ...showFiles(await changesOf(factor, cdkSourceOf, repository), repository) };
    case 'template':
      return { ...between, ...(await showTemplates(factor, repository)) };
    case 'solution': {
      const { from, changes } = await solutionOf(factor, repository);
      return { before: from, after: 'the solution', ...showFiles(changes, repository) };
    }
  }
}

type SideOf = (snapshot: Snapshot, repository: string) => Promise<CodeSide>;

async function changesOf(factor: number, sideOf: SideOf, repository: string): Promise<CodeChanges> {
  const [before, after] = await Promise.all([
    sideOf(snapshotNumbered(factor - 1), repository),
    sideOf(snapshotNumbered(factor), repository),
  ]);
  return await codeChanges(before, after, repository);
}

function showFiles({ files, packagesLost, packagesGained }: CodeChanges, repository: string) {
  const packages = [
    ...(packagesLost.length > 0 ? [`The code no longer imports ${packagesLost.join(', ')}.`] : []),
    ...(packagesGained.length > 0 ? [`The code now imports ${packagesGained.join(', ')}.`] : []),
  ];
  const note = files.length + packages.length === 0 ? noCode : packages.join(' ');
  return { files: files.map((change) => showFile(change, repository)), note };
}

function showFile({ isRoot, before, after }: FileChange, repository: string): DiffFile {
  const [was, is] = [before?.path, after?.path];
  const path = is ?? was ?? '';
  const language = languageOf(path);
  const hunks = hunksBetween(before?.text ?? '', after?.text ?? '');
  return {
    title: was && is && was !== is ? `${was} → ${is}` : path,
    file: { text: 'Open', href: editorLink(repository, path) },
    ...showHunks(hunks, highlightedLines(before?.text ?? '', language), highlightedLines(after?.text ?? '', language)),
    ...(!isRoot && { isFolded: true }),
  };
}

async function showTemplates(factor: number, repository: string) {
  const [before, after] = await Promise.all([
    reviewedTemplate(factor - 1, repository),
    reviewedTemplate(factor, repository),
  ]);
  const files = templateChanges(before, after).map((change): DiffFile => {
    const hunks = hunksOfEntry(change);
    // An entry is not a file: only what a hunk shows of it is there to be coloured.
    return { title: nameOfEntry(change), ...showHunks(hunks, textsOf(hunks, '-'), textsOf(hunks, '+')) };
  });
  return { files, note: files.length === 0 ? sameTemplates : '' };
}

/** The lines of one side of all hunks, each where it stands in its text. */
function textsOf(hunks: Hunks, sign: '-' | '+'): CodePart[][] {
  const lines: CodePart[][] = [];
  for (const hunk of hunks) {
    const own = hunk.lines.filter((line) => line.startsWith(' ') || line.startsWith(sign)).map((line) => line.slice(1));
    const start = (sign === '-' ? hunk.oldStart : hunk.newStart) - 1;
    for (const [i, parts] of highlightedLines(own.join('\n'), 'yaml').entries()) {
      lines[start + i] = parts;
    }
  }
  return lines;
}

type Coloured = readonly (readonly CodePart[] | undefined)[];

function showHunks(hunks: Hunks, before: Coloured, after: Coloured) {
  const lines = hunks.flatMap((hunk) => hunk.lines);
  const starting = (sign: string) => lines.filter((line) => line.startsWith(sign)).length;
  return {
    ...{ added: starting('+'), removed: starting('-'), isFolded: lines.length >= longFrom },
    groups: hunks.map((hunk) => rowsOf(hunk, before, after)),
  };
}

/** The rows of a hunk: what is removed beside what is added in its place. */
export function rowsOf({ oldStart, newStart, lines }: Hunks[number], before: Coloured, after: Coloured): DiffRow[] {
  const rows: DiffRow[] = [];
  let [was, is] = [oldStart, newStart];
  let removed: DiffLine[] = [];
  let added: DiffLine[] = [];
  const flush = () => {
    for (let i = 0; i < Math.max(removed.length, added.length); i += 1) {
      const [left, right] = [removed[i], added[i]];
      rows.push({ is: 'changed', ...(left && { before: left }), ...(right && { after: right }) });
    }
    removed = [];
    added = [];
  };
  const line = (number: number, texts: Coloured): DiffLine => ({ number, parts: texts[number - 1] ?? [] });
  for (const text of lines) {
    if (text.startsWith('-')) {
      removed.push(line(was, before));
      was += 1;
    } else if (text.startsWith('+')) {
      added.push(line(is, after));
      is += 1;
    } else if (text.startsWith(' ')) {
      flush();
      rows.push({ is: 'same', before: line(was, before), after: line(is, after) });
      was += 1;
      is += 1;
    }
  }
  flush();
  return rows;
}

import { dirname } from 'node:path';
import { diffLines } from 'diff';
import type { FileChange, Source } from './file-change.ts';
import { folderMoved, rewriteImports } from './rewrite-imports.ts';

/** One file is another under a new name where more than this share of their lines is the same; git takes half, too. */
const alikeEnough = 0.5;

interface Likeness {
  readonly before: Source;
  readonly after: Source;
  /** 0 to 1. */
  readonly alike: number;
}

/** Makes one change of a file that is gone and one that is new where they are much alike, the most alike first. */
export function pairRenames(changes: readonly FileChange[]): FileChange[] {
  const gone = changes.flatMap(({ before, after }) => (before && !after ? [before] : []));
  const fresh = changes.flatMap(({ before, after }) => (after && !before ? [after] : []));
  const candidates = gone
    .flatMap((before) => fresh.map((after) => likeness(before, after)))
    .filter(({ alike }) => alike > alikeEnough)
    .sort((a, b) => b.alike - a.alike);

  const renames = new Map<string, Likeness>();
  const taken = new Set<string>();
  for (const candidate of candidates) {
    const { before, after } = candidate;
    if (!taken.has(before.path) && !taken.has(after.path)) {
      taken.add(before.path).add(after.path);
      renames.set(after.path, candidate);
    }
  }
  return changes.flatMap((change) => {
    const path = change.after?.path ?? change.before?.path ?? '';
    if (!taken.has(path) || (change.before && change.after)) {
      return [change];
    }
    const rename = renames.get(path);
    return rename ? [{ isRoot: change.isRoot, before: rename.before, after: rename.after }] : [];
  });
}

function likeness(before: Source, after: Source): Likeness {
  const move = {
    ...{ from: before.path, to: after.path },
    movedTo: folderMoved(dirname(before.path), dirname(after.path)),
  };
  const moved = before.path.endsWith('.ts') ? { ...before, text: rewriteImports(before.text, move) } : before;
  const kept = diffLines(moved.text, after.text)
    .filter(({ added, removed }) => !added && !removed)
    .reduce((lines, { count }) => lines + count, 0);
  return { before: moved, after, alike: (2 * kept) / (linesIn(before) + linesIn(after)) };
}

const linesIn = ({ text }: Source): number => text.trimEnd().split('\n').length;

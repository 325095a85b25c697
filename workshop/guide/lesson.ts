import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { snapshotNumbered } from '../snapshots.ts';

/** The page of a factor, from the repository's root. */
export const lessonOf = (factor: number): string => `workshop/${snapshotNumbered(factor).slug}/README.md`;

/** The hints of a lesson, in their order; none where there is no page yet. */
export async function readHints(factor: number, repository: string): Promise<string[]> {
  const file = join(repository, lessonOf(factor));
  return existsSync(file) ? hintsIn(await readFile(file, 'utf8')) : [];
}

/** The items of the list under the heading `## Hints`; what is indented below an item belongs to it. */
export function hintsIn(markdown: string): string[] {
  const section = /^## Hints[ \t]*\n([\s\S]*?)(?=^## |(?![\s\S]))/m.exec(markdown)?.[1] ?? '';
  const hints: string[] = [];
  for (const line of section.split('\n')) {
    const item = /^(?:[-*]|\d+\.)\s+(.*)$/.exec(line);
    if (item) {
      hints.push(item[1] ?? '');
    } else if (hints.length > 0 && /^\s+\S/.test(line)) {
      hints.push(`${hints.pop()} ${line.trim()}`);
    }
  }
  return hints.map((hint) => hint.trim());
}

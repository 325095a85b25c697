import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lessonOf } from '../../guide/lesson.ts';
import type { Piece } from './lesson-html.ts';
import { type Section, sectionsOf } from './markdown.ts';

/** What a room sees at a time. */
export type Slide = readonly Piece[];

/** The slides of a lesson: its story, its scene, its proof, what changed, what people get wrong, and what they can say then. */
export async function slidesOf(factor: number, repository: string): Promise<Slide[]> {
  const page = lessonOf(factor);
  const sections = sectionsOf(await readFile(join(repository, page), 'utf8'), { page, repository });
  const named = (...headings: readonly RegExp[]): Slide =>
    headings.flatMap((heading) => sections.filter((section: Section) => heading.test(section.heading)));
  return [
    named(/^$/, /^The story/),
    [{ panel: 'scene' as const }],
    [{ panel: 'prove' as const }],
    [{ panel: 'diff' as const }],
    named(/^What people get wrong/),
    named(/^What you can now say/),
  ].filter((slide) => slide.length > 0);
}

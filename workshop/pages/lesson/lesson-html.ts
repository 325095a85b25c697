import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lessonOf } from '../../guide/lesson.ts';
import { type Place, type Section, sectionsOf, type Token } from './markdown.ts';

/** What stands at a place of a lesson, beside its text. */
export type Panel = 'prove' | 'diff' | 'mine' | 'quiz' | 'scene';

/** After the section that begins so. What a lesson has no section for comes at its end, in this order. */
const places: readonly { readonly panel: Panel; readonly after: RegExp }[] = [
  { panel: 'prove', after: /^What hurts/i },
  { panel: 'diff', after: /^What changed/i },
  { panel: 'mine', after: /^(Write it yourself|Exercise)/i },
];

/** One piece of a lesson's page: text of its Markdown, or a panel. */
export type Piece = { readonly html: string } | { readonly panel: Panel };

/** A lesson as pieces of a page. Its hints are left out: they are told one by one. */
export async function piecesOf(factor: number, repository: string): Promise<Piece[]> {
  const page = lessonOf(factor);
  if (!existsSync(join(repository, page))) {
    return [
      { html: '<p>This lesson has no page yet.</p>' },
      ...places.map(({ panel }) => ({ panel })),
      { panel: 'quiz' },
    ];
  }
  const place: Place = { page, repository };
  return withPanels(sectionsOf(await readFile(join(repository, page), 'utf8'), place, withoutHints));
}

function withPanels(sections: readonly Section[]): Piece[] {
  const left = [...places];
  const pieces = sections.flatMap(({ heading, html }): Piece[] => {
    const at = left.findIndex(({ after }) => after.test(heading));
    const [found] = at === -1 ? [] : left.splice(at, 1);
    return [{ html }, ...(found ? [{ panel: found.panel }] : [])];
  });
  return [...pieces, ...left.map(({ panel }) => ({ panel })), { panel: 'quiz' }];
}

/** Leaves out the heading and the list of the hints, and keeps what else is there. */
function withoutHints(heading: string, tokens: readonly Token[]): readonly Token[] {
  if (heading !== 'Hints') {
    return tokens;
  }
  const rest = tokens.slice(3);
  const isEdge = ({ type, level }: Token, end: string) =>
    level === 0 && new RegExp(`^(ordered|bullet)_list_${end}$`).test(type);
  const first = rest.findIndex((token) => isEdge(token, 'open'));
  const last = rest.findIndex((token) => isEdge(token, 'close'));
  return first === -1 ? rest : [...rest.slice(0, first), ...rest.slice(last + 1)];
}

import { join, posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import { snapshots } from '../../snapshots.ts';

/** The page of a lesson. */
export const lessonPath = (factor: number): string => `/lessons/${factor}`;

/** A link that opens a file in VS Code, and in the editors that know its links. */
export function editorLink(repository: string, file: string, line?: number): string {
  const { pathname } = pathToFileURL(join(repository, file));
  return `vscode://file${pathname}${line === undefined ? '' : `:${line}`}`;
}

/**
 * Where a link of a lesson leads on its page: to a page of a lesson, to another site, or to a file in the editor.
 * @param page - The Markdown file that has the link, from the repository's root.
 * @returns undefined where it leads nowhere that a page should go
 */
export function hrefOf(link: string, page: string, repository: string): string | undefined {
  if (/^(https?:|#)/.test(link)) {
    return link;
  }
  if (/^[a-z][a-z\d+.-]*:/i.test(link) || link.startsWith('/')) {
    return undefined;
  }
  const [path = '', fragment] = link.split('#');
  const file = posix.join(posix.dirname(page), path);
  if (file.startsWith('..')) {
    return undefined;
  }
  if (file === 'workshop/README.md') {
    return '/lessons';
  }
  const lesson = snapshots.find(({ slug }) => file === `workshop/${slug}/README.md`);
  if (lesson) {
    return `${lessonPath(lesson.number)}${fragment ? `#${fragment}` : ''}`;
  }
  return editorLink(repository, file);
}

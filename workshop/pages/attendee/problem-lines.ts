import { editorLink } from '../lesson/links.ts';
import type { LineOf } from '../protocol.ts';

/** What was found, a line each; a line that begins with `file:line:column:` gets a link that opens it there. */
export function problemLines(text: string, repository: string): LineOf[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): LineOf => {
      const [, file = '', at, what] = /^\s*([\w./-]+\.\w+):(?:(\d+):)?(?:\d+:)? (.*)$/.exec(line) ?? [];
      if (
        what === undefined ||
        !/^(my-factory|workshop|functions|infra|pipeline)\//.test(file) ||
        file.includes('..')
      ) {
        return { text: line.trim() };
      }
      const number = at === undefined ? undefined : Number(at);
      const name = number === undefined ? file : `${file}:${number}`;
      return { text: what, place: { text: name, href: editorLink(repository, file, number) } };
    });
}

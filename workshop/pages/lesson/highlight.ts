import { parse } from 'sugar-high/core';
import { lang, languages } from 'sugar-high/lang';
import type { CodePart } from '../protocol.ts';

/** Code line by line, each in parts of one kind. What is in no known language is of no kind. */
export function highlightedLines(code: string, language: string): CodePart[][] {
  const name = lang(language);
  const known = languages.find(({ id }) => id === name);
  if (!known) {
    return code.split('\n').map((line) => [['', line]]);
  }
  return parse(code, known.config).lines.map(({ tokens }) =>
    tokens.flatMap(({ type, value }): CodePart[] => {
      // A line's end is told as a token of its own, or as a part of one.
      const text = value.replaceAll('\n', '');
      return text === '' ? [] : [[coloured.has(type) ? type : '', text]];
    }),
  );
}

/** The kinds that have a colour of their own. */
const coloured: ReadonlySet<string> = new Set(['keyword', 'string', 'class', 'property', 'entity', 'comment']);

/** The language of a file, by the end of its name. */
export const languageOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

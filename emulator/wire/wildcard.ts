import { indexOfText } from './text-search.ts';

/**
 * Whether a text is these parts in their order, with anything between them: `['a', 'b']` for `a*b`. Each part is taken where
 * it is first found, so that nothing is tried twice; a regular expression `a.*b.*c` tries every way to share out the text.
 */
export function matchesParts(text: string, parts: readonly string[]): boolean {
  const [first = '', ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) {
    return text === first;
  }
  if (!text.startsWith(first)) {
    return false;
  }
  let at = first.length;
  for (const part of rest) {
    const found = indexOfText(text, part, at);
    if (found === -1) {
      return false;
    }
    at = found + part.length;
  }
  return text.length - at >= last.length && text.endsWith(last);
}

/** Whether a text is what a pattern says, in which `*` stands for anything. */
export const matchesWildcard = (text: string, pattern: string): boolean => matchesParts(text, pattern.split('*'));

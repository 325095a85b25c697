import { includesText } from '../../wire/text-search.ts';
import { invalidParameter } from './errors.ts';
import { countRegexes, parseRegex } from './pattern-regex.ts';

type Term = (message: string) => boolean;

/** A term with its sign: a phrase in quotes, a regular expression in percent signs, or a word. */
const termPattern = /\s*([?-]?)(?:"((?:[^"\\]|\\.)*)"|%([^%]*)%|(\w+))(?=\s|$)/y;

/**
 * Reads a pattern of terms. All must be in the message, those after `-` must not. Where all terms have a `?`, one is
 * enough; where only some have, those are ignored, as AWS ignores them.
 * @throws InvalidParameterException
 */
export function parseTermPattern(pattern: string): Term {
  const included: Term[] = [];
  const excluded: Term[] = [];
  const optional: Term[] = [];
  const scanner = new RegExp(termPattern);
  while (scanner.lastIndex < pattern.length) {
    const start = scanner.lastIndex;
    const match = scanner.exec(pattern);
    if (!match) {
      throw invalidTerm(pattern.slice(start).trimStart());
    }
    const [, sign, phrase, regex, word] = match;
    const text = phrase === undefined ? (word ?? '') : phrase.replace(/\\(.)/g, '$1');
    const term =
      regex === undefined ? (message: string) => includesText(message, text) : parseRegex(regex, countRegexes(pattern));
    if (sign === '-') {
      excluded.push(term);
    } else if (sign === '?') {
      optional.push(term);
    } else {
      included.push(term);
    }
  }
  const anyOf = included.length + excluded.length === 0 ? optional : [];
  return (message) =>
    included.every((term) => term(message)) &&
    !excluded.some((term) => term(message)) &&
    (anyOf.length === 0 || anyOf.some((term) => term(message)));
}

/** Anything but letters, digits and underscores needs quotes. */
function invalidTerm(rest: string): Error {
  return invalidParameter(`Invalid character(s) in term '${/[^\w\s]/.exec(rest.replace(/^[?-]/, ''))?.[0] ?? rest}'`);
}

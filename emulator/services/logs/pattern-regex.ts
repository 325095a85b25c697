import { LinearRegex } from '../../wire/linear-regex.ts';
import { invalidParameter } from './errors.ts';

/** What a regular expression of a filter pattern may hold: no groups, and few symbols. */
const SUPPORTED = /^(?:[A-Za-z0-9\s_#=@/;,:'"^$?[\]{}|*+.-]|\\.)+$/;

/**
 * The most instructions of an expression: far more than one needs to find something, and few enough that the largest event,
 * 1 MB, is searched in a second at the worst.
 */
const MAX_INSTRUCTIONS = 64;

/**
 * Reads a regular expression of a filter pattern, as it stands between percent signs. See "Supported regular expressions".
 * Tells whether it is found in a text.
 * @throws InvalidParameterException
 */
export function parseRegex(source: string): (text: string) => boolean {
  const invalid = (why: string) => invalidParameter(`Invalid regular expression in filter pattern: ${source}${why}`);
  if (!SUPPORTED.test(source)) throw invalid('');
  let regex: LinearRegex;
  try {
    regex = new LinearRegex(source);
  } catch (error) {
    throw invalid(` (${(error as Error).message})`);
  }
  if (regex.instructions > MAX_INSTRUCTIONS) throw invalid(' (it is too large)');
  return (text) => regex.isIn(text);
}

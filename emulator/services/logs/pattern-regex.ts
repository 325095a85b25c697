import { LinearRegex } from '../../wire/linear-regex.ts';
import { invalidParameter } from './errors.ts';

/** What a regular expression of a filter pattern may hold: no groups, and few symbols. */
const supported = /^(?:[A-Za-z0-9\s_#=@/;,:'"^$?[\]{}|*+.-]|\\.)+$/;

/** The most instructions of an expression: far more than one needs to find something. */
const maxInstructions = 64;

/** The most that the expressions of a pattern do to one message, in characters times instructions: less than a second's work. */
const maxSteps = 5_000_000;

/** How many expressions a pattern has. */
export const countRegexes = (pattern: string): number => Math.max(1, Math.floor((pattern.split('%').length - 1) / 2));

/**
 * Reads a regular expression of a filter pattern, as it stands between percent signs. See "Supported regular expressions".
 * Tells whether it is found in a text. Of a text of a megabyte it may look at the beginning alone: 78,000 characters, or more
 * where the expression is small.
 * @param count how many expressions the pattern has, which share what may be done
 * @throws InvalidParameterException
 */
export function parseRegex(source: string, count: number): (text: string) => boolean {
  const invalid = (why: string) => invalidParameter(`Invalid regular expression in filter pattern: ${source}${why}`);
  if (!supported.test(source)) {
    throw invalid('');
  }
  let regex: LinearRegex;
  try {
    regex = new LinearRegex(source);
  } catch (error) {
    throw invalid(` (${(error as Error).message})`);
  }
  if (regex.instructions > maxInstructions) {
    throw invalid(' (it is too large)');
  }
  const most = Math.floor(maxSteps / regex.instructions / count);
  return (text) => regex.isIn(text.length > most ? text.slice(0, most) : text);
}

import { invalidParameter } from './errors.ts';

/** What a regular expression of a filter pattern may hold: no groups, and few symbols. */
const SUPPORTED = /^(?:[A-Za-z0-9\s_#=@/;,:'"^$?[\]{}|*+.-]|\\.)+$/;

/**
 * A regular expression of a filter pattern, as it stands between percent signs. See "Supported regular expressions".
 * @throws InvalidParameterException
 */
export function parseRegex(source: string): RegExp {
  try {
    if (SUPPORTED.test(source)) return new RegExp(source);
  } catch {
    // Not a regular expression: told below, as for one with symbols that are not supported.
  }
  throw invalidParameter(`Invalid regular expression in filter pattern: ${source}`);
}

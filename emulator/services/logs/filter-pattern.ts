import { AwsError } from '../../wire/operation.ts';
import { constraintViolated } from './errors.ts';
import { parseJsonPattern } from './json-pattern.ts';
import { countRegexes } from './pattern-regex.ts';
import { parseTermPattern } from './term-pattern.ts';

/** Longest pattern, in characters. Source: API Reference, FilterLogEvents and PutSubscriptionFilter. */
const maxLength = 1024;

/** Whether a log event's message matches. */
export type FilterPattern = (message: string) => boolean;

/**
 * Reads a filter pattern: terms, or properties of a JSON event in `{ ... }`. An empty one matches everything. See
 * "Filter pattern syntax" of the CloudWatch Logs User Guide. Patterns for space-delimited events, `[...]`, are not served.
 * @throws InvalidParameterException
 */
export function parseFilterPattern(pattern: string): FilterPattern {
  if (pattern.length > maxLength) {
    throw constraintViolated(
      'filterPattern',
      `${pattern.slice(0, 100)}...`,
      `Member must have length less than or equal to ${maxLength}`,
    );
  }
  const text = pattern.trim();
  if (text.startsWith('[')) {
    const message = `logs: the space-delimited filter pattern ${text} is not served by this endpoint.`;
    throw new AwsError('NotImplemented', message, 501);
  }
  return text.startsWith('{') ? parseJsonPattern(text) : parseTermPattern(text);
}

/** As many terms are searched for in the time that is counted for one. */
const termsAtOnce = 4;

/** What it costs to search a message, in characters of a search for a plain term: JSON is parsed, expressions are run. */
export function searchCost(pattern: string): (message: string) => number {
  const kind = pattern.includes('%') ? 256 * countRegexes(pattern) : pattern.trim().startsWith('{') ? 8 : 1;
  const factor = pattern === '' ? 0 : kind * Math.ceil(pattern.trim().split(/\s+/).length / termsAtOnce);
  return ({ length }) => length * factor;
}

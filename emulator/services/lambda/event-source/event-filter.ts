import { type EventPattern, type PatternDialect, readEventPattern } from '../../../wire/event-pattern/event-pattern.ts';
import { InvalidPattern } from '../../../wire/event-pattern/invalid-pattern.ts';
import { invalidParameter } from '../errors.ts';

const maxFilters = 5;

/**
 * Lambda takes the rules of EventBridge, less some operators; see "Filter rule syntax" on the page of {@link parseFilters}.
 * A pattern may say nothing, and what is called `$or` is never a field.
 */
const dialect: PatternDialect = {
  operators: new Set(['exists', 'equals-ignore-case', 'prefix', 'suffix', 'anything-but', 'numeric']),
  mayBeEmpty: true,
  orIsReserved: true,
};

/**
 * Reads the patterns of FilterCriteria ("Control which events Lambda sends to your function"). An event passes that
 * satisfies one of them. @throws InvalidParameterValueException where a pattern is none
 */
export function parseFilters(patterns: readonly (string | undefined)[]): EventPattern {
  if (patterns.length === 0) {
    return () => true;
  }
  if (patterns.length > maxFilters) {
    throw invalidParameter(`Number of filters exceeds the limit of ${maxFilters}.`);
  }
  const filters = patterns.map((text) => parseFilter(text ?? '{}'));
  return (record) => filters.some((matches) => matches(record));
}

function parseFilter(text: string): EventPattern {
  try {
    return readEventPattern(text, dialect);
  } catch (error) {
    if (!(error instanceof InvalidPattern)) {
      throw error;
    }
    throw invalidParameter(`Invalid filter pattern definition. ${error.message}`);
  }
}

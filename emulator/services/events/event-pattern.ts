import { type EventPattern, readEventPattern } from '../../wire/event-pattern/event-pattern.ts';
import { InvalidPattern } from '../../wire/event-pattern/invalid-pattern.ts';
import { invalidPattern, validationException } from './errors.ts';

/** Longest pattern, in characters. Source: API Reference, PutRule and TestEventPattern, `EventPattern`. */
const maxLength = 4096;

/**
 * Reads the event pattern of a rule.
 * @throws InvalidEventPatternException, ValidationException past 4,096 characters
 */
export function parseEventPattern(text: string): EventPattern {
  if (text.length > maxLength) {
    throw validationException(
      `1 validation error detected: Value '${text.slice(0, 100)}...' at 'eventPattern' failed to satisfy constraint: Member must have length less than or equal to ${maxLength}`,
    );
  }
  try {
    return readEventPattern(text);
  } catch (error) {
    throw error instanceof InvalidPattern ? invalidPattern(error.message) : error;
  }
}

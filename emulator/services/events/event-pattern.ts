import { maxNesting } from '../../wire/protocols/bounds.ts';
import { isBoundedJson } from '../../wire/protocols/json-bounds.ts';
import { invalidPattern, validationException } from './errors.ts';
import { isLeaf, type Leaf, type LeavesTest, matchExpression } from './match-expression.ts';

/** Whether an event, or a part of one, matches. */
export type EventPattern = (event: unknown) => boolean;

/** Longest pattern, in characters. Source: API Reference, PutRule and TestEventPattern, `EventPattern`. */
const maxLength = 4096;

/** Operators: where one of them is a field in `$or`, that is a field of this name rather than an alternative. */
const reserved = ['exists', 'equals-ignore-case', 'prefix', 'suffix', 'anything-but', 'numeric', 'cidr', 'wildcard'];

/**
 * Reads an event pattern. All its fields must match, and one of the values of each. See "Amazon EventBridge event
 * patterns".
 * @throws InvalidEventPatternException, ValidationException past 4,096 characters
 */
export function parseEventPattern(text: string): EventPattern {
  if (text.length > maxLength) {
    throw validationException(
      `1 validation error detected: Value '${text.slice(0, 100)}...' at 'eventPattern' failed to satisfy constraint: Member must have length less than or equal to ${maxLength}`,
    );
  }
  if (!isBoundedJson(text)) {
    throw invalidPattern(`Filter nests deeper than ${maxNesting} levels`);
  }
  let pattern: unknown;
  try {
    pattern = JSON.parse(text);
  } catch {
    throw invalidPattern('Filter is not valid JSON');
  }
  if (!isObject(pattern)) {
    throw invalidPattern('Filter is not an object');
  }
  return objectPattern(pattern);
}

function objectPattern(pattern: Readonly<Record<string, unknown>>): EventPattern {
  const fields = Object.entries(pattern).map(([name, value]) => field(name, value));
  if (fields.length === 0) {
    throw invalidPattern('Empty objects are not allowed');
  }
  const matchesObject: EventPattern = (event) => fields.every((matches) => matches(event));
  // Of several objects in an array, one must match by itself.
  return (event) => (Array.isArray(event) && event.length > 0 ? event.some(matchesObject) : matchesObject(event));
}

function field(name: string, value: unknown): EventPattern {
  if (name === '$or' && isAlternatives(value)) {
    const alternatives = value.map(objectPattern);
    return (event) => alternatives.some((matches) => matches(event));
  }
  if (Array.isArray(value)) {
    const test = fieldValues(value);
    return (event) => test(leavesOf(member(event, name)));
  }
  if (!isObject(value)) {
    throw invalidPattern(`"${name}" must be an object or an array`);
  }
  const inner = objectPattern(value);
  return (event) => inner(member(event, name));
}

function fieldValues(values: readonly unknown[]): LeavesTest {
  if (values.length === 0) {
    throw invalidPattern('Empty arrays are not allowed');
  }
  const literals = new Set(values.filter(isLeaf));
  const tests = values.filter((value) => !isLeaf(value)).map(matchExpression);
  return (leaves) => leaves.some((leaf) => literals.has(leaf)) || tests.some((matches) => matches(leaves));
}

function isAlternatives(value: unknown): value is Record<string, unknown>[] {
  return (
    Array.isArray(value) &&
    value.length >= 2 &&
    value.every((one) => isObject(one) && !Object.keys(one).some((name) => reserved.includes(name)))
  );
}

function member(event: unknown, name: string): unknown {
  return isObject(event) && Object.hasOwn(event, name) ? event[name] : undefined;
}

/** The values at the end of a path: those in an array count one by one, and an object is none. */
function leavesOf(value: unknown): Leaf[] {
  if (Array.isArray(value)) {
    return value.flatMap(leavesOf);
  }
  return value === undefined || isObject(value) ? [] : [value as Leaf];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

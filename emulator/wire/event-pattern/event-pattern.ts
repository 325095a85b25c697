import { maxNesting } from '../protocols/bounds.ts';
import { isBoundedJson } from '../protocols/json-bounds.ts';
import { InvalidPattern } from './invalid-pattern.ts';
import { isLeaf, type Leaf, type LeavesTest, matchExpression, operatorNames } from './match-expression.ts';

/** Whether an event, or a part of one, matches. */
export type EventPattern = (event: unknown) => boolean;

/** What services that take event patterns differ in. */
export interface PatternDialect {
  /** The comparison operators that there are. */
  readonly operators: ReadonlySet<string>;
  /** Whether the whole pattern may be `{}`, which every event matches. */
  readonly mayBeEmpty: boolean;
  /** Whether `$or` is always a list of alternatives. In EventBridge it is a field where it cannot be one. */
  readonly orIsReserved: boolean;
}

const eventBridge: PatternDialect = { operators: operatorNames, mayBeEmpty: false, orIsReserved: false };

/**
 * Reads an event pattern. All its fields must match, and one of the values of each. See "Amazon EventBridge event
 * patterns".
 * @throws InvalidPattern
 */
export function readEventPattern(text: string, dialect: PatternDialect = eventBridge): EventPattern {
  if (!isBoundedJson(text)) {
    throw new InvalidPattern(`Filter nests deeper than ${maxNesting} levels`);
  }
  let pattern: unknown;
  try {
    pattern = JSON.parse(text);
  } catch {
    throw new InvalidPattern('Filter is not valid JSON');
  }
  if (!isObject(pattern)) {
    throw new InvalidPattern('Filter is not an object');
  }
  if (dialect.mayBeEmpty && Object.keys(pattern).length === 0) {
    return () => true;
  }
  return objectPattern(pattern, dialect);
}

function objectPattern(pattern: Readonly<Record<string, unknown>>, dialect: PatternDialect): EventPattern {
  const fields = Object.entries(pattern).map(([name, value]) => field(name, value, dialect));
  if (fields.length === 0) {
    throw new InvalidPattern('Empty objects are not allowed');
  }
  const matchesObject: EventPattern = (event) => fields.every((matches) => matches(event));
  // Of several objects in an array, one must match by itself.
  return (event) => (Array.isArray(event) && event.length > 0 ? event.some(matchesObject) : matchesObject(event));
}

function field(name: string, value: unknown, dialect: PatternDialect): EventPattern {
  if (name === '$or' && (dialect.orIsReserved || isAlternatives(value))) {
    return anyOf(value, dialect);
  }
  if (Array.isArray(value)) {
    const test = fieldValues(value, dialect);
    return (event) => test(leavesOf(member(event, name)));
  }
  if (!isObject(value)) {
    throw new InvalidPattern(`"${name}" must be an object or an array`);
  }
  const inner = objectPattern(value, dialect);
  return (event) => inner(member(event, name));
}

function anyOf(alternatives: unknown, dialect: PatternDialect): EventPattern {
  if (!Array.isArray(alternatives) || !alternatives.every(isObject)) {
    throw new InvalidPattern('"$or" must be an array of objects');
  }
  const patterns = alternatives.map((one) => objectPattern(one, dialect));
  return (event) => patterns.some((matches) => matches(event));
}

function fieldValues(values: readonly unknown[], { operators }: PatternDialect): LeavesTest {
  if (values.length === 0) {
    throw new InvalidPattern('Empty arrays are not allowed');
  }
  const literals = new Set(values.filter(isLeaf));
  const tests = values.filter((value) => !isLeaf(value)).map((value) => matchExpression(value, operators));
  return (leaves) => leaves.some((leaf) => literals.has(leaf)) || tests.some((matches) => matches(leaves));
}

/** One that has an operator for a field is a field of this name rather than an alternative. */
function isAlternatives(value: unknown): value is Record<string, unknown>[] {
  return (
    Array.isArray(value) &&
    value.length >= 2 &&
    value.every((one) => isObject(one) && !Object.keys(one).some((name) => operatorNames.has(name)))
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

import type { NormalizedSchema } from '@smithy/core/schema';
import { AwsError } from './operation.ts';
import { elementOf, memberMapOf, requiredCount } from './schema.ts';

/**
 * Holds an input against its schema: required members are there, lists and maps have no holes, and values have the
 * member's type, at every depth. Lengths, patterns, ranges and enumerations are not in the SDK's schemas; a handler checks
 * those that matter. The words are those of AWS's JSON services. Source: Smithy, "Constraint traits" and "Null values".
 * @throws SerializationException for what has the wrong type, ValidationException for what is null and must not be
 */
export function validate(schema: NormalizedSchema, value: unknown, at = ''): void {
  if (schema.isUnitSchema()) {
    return;
  }
  if (schema.isStructSchema()) {
    validateStructure(schema, value, at);
  } else if (schema.isListSchema()) {
    validateList(schema, value, at);
  } else if (schema.isMapSchema()) {
    validateMap(schema, value, at);
  } else if (schema.isStringSchema()) {
    validateString(value, at);
  } else if (schema.isNumericSchema()) {
    validateNumber(value, at);
  } else if (schema.isBooleanSchema() && typeof value !== 'boolean') {
    throw notConvertible(value, 'a Boolean', at);
  } else if (schema.isTimestampSchema()) {
    validateTimestamp(value, at);
  } else if (schema.isBlobSchema() && !(value instanceof Uint8Array)) {
    throw notConvertible(value, 'a ByteBuffer', at);
  }
}

/**
 * Holds the shape of a value against its schema in the form in which it travels as JSON: no list stands for a structure or
 * a map, and lists and maps have no holes, at every depth. Reading it afterwards would take a list for an empty structure.
 * @throws SerializationException, ValidationException
 */
export function validateShape(schema: NormalizedSchema, value: unknown, at = ''): void {
  if (!isObject(value)) {
    return;
  }
  if (schema.isListSchema()) {
    validateItems(schema, value, at);
  } else if (schema.isMapSchema()) {
    validateEntries(schema, value, at);
  } else if (schema.isStructSchema()) {
    if (Array.isArray(value)) {
      throw wrongType('Start of list found where not expected', at);
    }
    const members = memberMapOf(schema);
    for (const [name, element] of Object.entries(value)) {
      const member = isObject(element) ? members.get(name) : undefined;
      if (member) {
        validateShape(member, element, pathTo(name, at));
      }
    }
  }
}

function validateItems(schema: NormalizedSchema, list: object, at: string): void {
  if (!Array.isArray(list)) {
    return;
  }
  const item = elementOf(schema);
  for (const [i, element] of list.entries()) {
    if (element === null) {
      throw item.isUnionSchema() ? emptyUnion(item) : holeInList(list, at);
    }
    validateShape(item, element, `${at}.${i + 1}.member`);
  }
}

function validateEntries(schema: NormalizedSchema, map: object, at: string): void {
  if (Array.isArray(map)) {
    throw wrongType('Start of list found where not expected', at);
  }
  const entry = elementOf(schema);
  for (const [key, element] of Object.entries(map)) {
    if (element === null) {
      throw entry.isUnionSchema() ? emptyUnion(entry) : holeInMap(map, at);
    }
    validateShape(entry, element, `${at}.${key}.member`);
  }
}

const emptyUnion = (schema: NormalizedSchema): AwsError =>
  new AwsError(
    'ValidationException',
    `Supplied ${schema.getName()} is empty, must contain exactly one of the supported datatypes`,
  );

function validateStructure(schema: NormalizedSchema, value: unknown, at: string): void {
  if (Array.isArray(value)) {
    throw wrongType('Start of list found where not expected', at);
  }
  if (typeof value !== 'object' || value === null) {
    throw wrongType('Expected structure or null', at);
  }
  const members = value as Record<string, unknown>;
  let required = requiredCount(schema);
  for (const [name, member] of schema.structIterator()) {
    const path = pathTo(name, at);
    const present = members[name] !== undefined && members[name] !== null;
    if (present) {
      validate(member, members[name], path);
    } else if (required > 0) {
      throw unsatisfied(null, path, 'Member must not be null');
    }
    required--;
  }
}

function validateList(schema: NormalizedSchema, value: unknown, at: string): void {
  if (!Array.isArray(value)) {
    throw wrongType(
      isObject(value) ? 'Start of structure or map found where not expected' : 'Expected list or null',
      at,
    );
  }
  const item = elementOf(schema);
  for (const [i, element] of value.entries()) {
    // No list and no map of a served operation has the trait `sparse`, which would let it have holes.
    if (element === null || element === undefined) {
      throw holeInList(value, at);
    }
    validate(item, element, `${at}.${i + 1}.member`);
  }
}

function validateMap(schema: NormalizedSchema, value: unknown, at: string): void {
  if (Array.isArray(value)) {
    throw wrongType('Start of list found where not expected', at);
  }
  if (!isObject(value)) {
    throw wrongType('Expected map or null', at);
  }
  const entry = elementOf(schema);
  for (const [key, element] of Object.entries(value)) {
    if (element === null || element === undefined) {
      throw holeInMap(value, at);
    }
    validate(entry, element, `${at}.${key}.member`);
  }
}

function validateString(value: unknown, at: string): void {
  if (typeof value !== 'string' && !isTextOfMediaType(value)) {
    throw notConvertible(value, 'a String', at);
  }
}

/** The numbers of the served services that may have a fraction: the SDK's schemas do not tell integers from doubles. */
const fractionalMembers = new Set(['additionalVersionWeights', 'defaultValue', 'targetValue']);

function validateNumber(value: unknown, at: string): void {
  if (typeof value !== 'number') {
    throw notConvertible(value, 'an Integer', at);
  }
  if (Number.isSafeInteger(value)) {
    return;
  }
  const fractional = Number.isFinite(value) && at.split('.').some((part) => fractionalMembers.has(part));
  if (!fractional) {
    throw notConvertible(value, Number.isInteger(value) ? 'a Long' : 'an Integer', at);
  }
}

function validateTimestamp(value: unknown, at: string): void {
  if (!(value instanceof Date)) {
    throw notConvertible(value, 'milliseconds since epoch', at);
  }
  if (Number.isNaN(value.getTime())) {
    throw wrongType('The timestamp is out of range', at);
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Whether a value is the SDK's own kind of text that holds JSON. */
const isTextOfMediaType = (value: unknown): boolean => value instanceof String;

/** The path of a structure's member as AWS spells it: `entries.1.member.messageBody`. */
const pathTo = (name: string, at: string): string => (at ? `${at}.${lowerFirst(name)}` : lowerFirst(name));

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

function notConvertible(value: unknown, type: string, at: string): AwsError {
  if (Array.isArray(value)) {
    return wrongType('Start of list found where not expected', at);
  }
  if (isObject(value)) {
    return wrongType('Start of structure or map found where not expected', at);
  }
  return wrongType(`${tokenOf(value)} can not be converted to ${type}`, at);
}

/** What AWS's parser calls a value. */
function tokenOf(value: unknown): string {
  if (typeof value === 'string') {
    return 'STRING_VALUE';
  }
  if (typeof value === 'boolean') {
    return value ? 'TRUE_VALUE' : 'FALSE_VALUE';
  }
  if (typeof value !== 'number') {
    return 'NULL_VALUE';
  }
  return Number.isInteger(value) ? 'NUMBER_VALUE' : 'DECIMAL_VALUE';
}

const wrongType = (what: string, at: string): AwsError =>
  new AwsError('SerializationException', at ? `${what}, at '${at}'.` : `${what}.`);

const holeInList = (list: unknown, at: string): AwsError =>
  unsatisfied(list, at, 'Member must satisfy constraint: [Member must not be null]');

const holeInMap = (map: unknown, at: string): AwsError =>
  unsatisfied(map, at, 'Map value must satisfy constraint: [Member must not be null]');

/** As much of a value as a message shows. */
const shownLength = 256;

function unsatisfied(value: unknown, at: string, constraint: string): AwsError {
  const shown = shownOf(value);
  return new AwsError(
    'ValidationException',
    `1 validation error detected: Value ${shown} at '${at}' failed to satisfy constraint: ${constraint}`,
  );
}

/** A value as AWS tells it: `[a, null]`, `{a=null}`. */
function shownOf(value: unknown): string {
  if (value === null) {
    return 'null';
  }
  const shown = Array.isArray(value)
    ? `[${value.map(plainly).join(', ')}]`
    : `{${Object.entries(value as object)
        .map(([key, element]) => `${key}=${plainly(element)}`)
        .join(', ')}}`;
  return `'${shown.length > shownLength ? `${shown.slice(0, shownLength)}...` : shown}'`;
}

const plainly = (value: unknown): string => (isObject(value) ? '...' : String(value));

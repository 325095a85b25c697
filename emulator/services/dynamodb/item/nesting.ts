import { ItemError } from '../errors.ts';
import type { Message } from './item.ts';

/** Source: DynamoDB Developer Guide, "Constraints": nested attributes, a scalar and the 31 maps and lists around it. */
const maxLevels = 32;
/** Longer than any number that can be stored, with all its zeros written out. */
const maxDigits = 300;

/** The members of a request that hold attributes by their names. */
const items = ['Item', 'Key', 'ExclusiveStartKey', 'ExpressionAttributeValues'];
/** Those that hold conditions or changes by the names of attributes. */
const byAttribute = ['AttributeUpdates', 'Expected', 'KeyConditions', 'QueryFilter', 'ScanFilter'];

/**
 * Holds the attributes of a request against what DynamoDB takes of their depth, and of the length of numbers.
 * @throws ValidationException
 */
export function assertNesting(request: Message): void {
  for (const name of items) {
    assertItemNesting(request[name]);
  }
  for (const name of byAttribute) {
    for (const { Value, AttributeValueList } of membersOf(request[name])) {
      assertLevel(Value, 1);
      for (const value of listOf(AttributeValueList)) {
        assertLevel(value, 1);
      }
    }
  }
  for (const table of Object.values(objectOf(request['RequestItems']))) {
    for (const { PutRequest, DeleteRequest } of listOf(table).map(objectOf)) {
      assertItemNesting(objectOf(PutRequest)['Item']);
      assertItemNesting(objectOf(DeleteRequest)['Key']);
    }
    for (const key of listOf(objectOf(table)['Keys'])) {
      assertItemNesting(key);
    }
  }
}

/** @throws ValidationException */
export function assertItemNesting(item: unknown): void {
  const attributes = objectOf(item);
  for (const name in attributes) {
    assertLevel(attributes[name], 1);
  }
}

function assertLevel(attribute: unknown, level: number): void {
  if (level > maxLevels) {
    throw nestsTooDeeply();
  }
  const types = objectOf(attribute);
  for (const type in types) {
    const value = types[type];
    if (type === 'N') {
      assertLength(value);
    } else if (type === 'NS') {
      listOf(value).forEach(assertLength);
    } else if (type === 'L') {
      for (const element of listOf(value)) {
        assertLevel(element, level + 1);
      }
    } else if (type === 'M') {
      const members = objectOf(value);
      for (const name in members) {
        assertLevel(members[name], level + 1);
      }
    }
  }
}

/** Also for what nests too deeply to be taken apart at all. */
export const nestsTooDeeply = (): ItemError =>
  new ItemError('ValidationException', {
    message:
      'Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit',
  });

function assertLength(number: unknown): void {
  if (typeof number !== 'string' || number.length <= maxDigits) {
    return;
  }
  throw new ItemError('ValidationException', {
    message: 'Attempting to store more than 38 significant digits in a Number',
  });
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const membersOf = (value: unknown) => Object.values(objectOf(value)).map(objectOf);

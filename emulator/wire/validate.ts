import type { NormalizedSchema } from '@smithy/core/schema';
import { AwsError } from './operation.ts';
import { requiredCount } from './schema.ts';

/**
 * Holds an input against its schema: required members are there, and values have the member's type.
 * Lengths, patterns and enumerations are not in the SDK's schemas; a handler checks those that matter.
 */
export function validate(schema: NormalizedSchema, value: unknown, at = ''): void {
  if (schema.isUnitSchema()) return;
  if (schema.isStructSchema()) validateStructure(schema, value, at);
  else if (schema.isListSchema()) validateList(schema, value, at);
  else if (schema.isMapSchema()) validateMap(schema, value, at);
  else if (schema.isStringSchema() && typeof value !== 'string') throw wrongType(at, 'a string');
  else if (schema.isBooleanSchema() && typeof value !== 'boolean') throw wrongType(at, 'a boolean');
  else if (schema.isNumericSchema() && typeof value !== 'number') throw wrongType(at, 'a number');
}

function validateStructure(schema: NormalizedSchema, value: unknown, at: string): void {
  if (typeof value !== 'object' || value === null) throw wrongType(at, 'a structure');
  const members = value as Record<string, unknown>;
  let required = requiredCount(schema);
  for (const [name, member] of schema.structIterator()) {
    const path = at ? `${at}.${name}` : name;
    const present = members[name] !== undefined && members[name] !== null;
    if (present) validate(member, members[name], path);
    else if (required > 0) throw missing(path);
    required--;
  }
}

function validateList(schema: NormalizedSchema, value: unknown, at: string): void {
  if (!Array.isArray(value)) throw wrongType(at, 'a list');
  const item = schema.getValueSchema();
  for (const [i, element] of value.entries()) if (element !== null) validate(item, element, `${at}.${i + 1}.member`);
}

function validateMap(schema: NormalizedSchema, value: unknown, at: string): void {
  if (typeof value !== 'object' || value === null) throw wrongType(at, 'a map');
  const entry = schema.getValueSchema();
  for (const [key, element] of Object.entries(value)) if (element !== null) validate(entry, element, `${at}.${key}`);
}

const wrongType = (at: string, type: string): AwsError =>
  new AwsError('SerializationException', `${at || 'The input'} is not ${type}.`);

const missing = (at: string): AwsError =>
  new AwsError(
    'ValidationException',
    `1 validation error detected: Value null at '${at}' failed to satisfy constraint: Member must not be null`,
  );

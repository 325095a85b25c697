import type { NormalizedSchema } from '@smithy/core/schema';
import { inputOf, isOperationSchema, membersOf } from '../../../wire/schema.ts';
import { validate } from '../../../wire/validate.ts';
import { validationError } from '../errors.ts';
import type { Properties } from '../provider.ts';

/** A command of an SDK client: it knows its input's type and, at run time, its schema. */
type CommandClass<In> = new (input: In) => { readonly input: In; readonly schema?: unknown };

/**
 * Turns resource properties into the input of an API operation, led by the operation's own schema: `"true"` and `"30"`
 * become a boolean and a number where the API wants one, and numbers become text.
 * @throws ValidationError, by its path, for a member that the operation does not know and a value of the wrong type
 */
export function apiInput<In extends object>(Command: CommandClass<In>, properties: Properties): In {
  const { schema: operation } = new Command({} as In);
  if (!isOperationSchema(operation)) {
    throw new TypeError(`${Command.name} has no schema.`);
  }
  const schema = inputOf(operation);
  const input = convert(schema, properties, '#');
  validate(schema, input);
  return input as In;
}

function convert(schema: NormalizedSchema, value: unknown, at: string): unknown {
  if (schema.isStructSchema()) {
    return convertStructure(schema, value, at);
  }
  if (schema.isListSchema()) {
    return convertList(schema, value, at);
  }
  if (schema.isMapSchema()) {
    return convertMap(schema, value, at);
  }
  if (schema.isStringSchema()) {
    return textOf(value, at);
  }
  if (schema.isBooleanSchema()) {
    return booleanOf(value, at);
  }
  if (schema.isNumericSchema()) {
    return numberOf(value, at);
  }
  if (schema.isTimestampSchema()) {
    return new Date(numberOf(value, at) * 1000);
  }
  return value;
}

function convertStructure(schema: NormalizedSchema, value: unknown, at: string): Record<string, unknown> {
  const members = new Map(membersOf(schema));
  const given = Object.entries(objectOf(value, at)).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    given.map(([name, member]) => {
      const memberSchema = members.get(name);
      if (!memberSchema) {
        throw invalid(at, `extraneous key [${name}] is not permitted`);
      }
      return [name, convert(memberSchema, member, `${at}/${name}`)];
    }),
  );
}

function convertList(schema: NormalizedSchema, value: unknown, at: string): unknown[] {
  if (!Array.isArray(value)) {
    throw wrongType(at, 'JSONArray', value);
  }
  const item = schema.getValueSchema();
  return value.map((element, i) => convert(item, element, `${at}/${i}`));
}

function convertMap(schema: NormalizedSchema, value: unknown, at: string): Record<string, unknown> {
  const item = schema.getValueSchema();
  const entries = Object.entries(objectOf(value, at));
  return Object.fromEntries(entries.map(([key, element]) => [key, convert(item, element, `${at}/${key}`)]));
}

/** A property that is a structure. @throws ValidationError */
export function objectOf(value: unknown, at: string): Properties {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw wrongType(at, 'JSONObject', value);
  }
  return value as Properties;
}

/** A property that is text. @throws ValidationError */
export function textOf(value: unknown, at: string): string {
  if (typeof value === 'string') {
    return value;
  }
  if (typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  throw wrongType(at, 'String', value);
}

/** A property that is a number, or text that is one. @throws ValidationError */
export function numberOf(value: unknown, at: string): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'number' && Number.isFinite(number)) {
    return number;
  }
  throw wrongType(at, 'Number', value);
}

/** A property that is true or false, or text that says so. @throws ValidationError */
export function booleanOf(value: unknown, at: string): boolean {
  if (value === true || value === 'true') {
    return true;
  }
  if (value === false || value === 'false') {
    return false;
  }
  throw wrongType(at, 'Boolean', value);
}

/** A property that is a list of text; nothing is an empty one. @throws ValidationError */
export function textsOf(value: unknown, at: string): string[] {
  if (value === undefined) {
    return [];
  }
  if (!Array.isArray(value)) {
    throw wrongType(at, 'JSONArray', value);
  }
  return value.map((item, i) => textOf(item, `${at}/${i}`));
}

/** A property of the type Json, which an API takes as text: it is given as an object or as text already. */
export function documentOf(value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') {
    return value;
  }
  return JSON.stringify(value);
}

function wrongType(at: string, expected: string, value: unknown) {
  const found = Array.isArray(value) ? 'JSONArray' : foundTypes[typeof value];
  return invalid(at, `expected type: ${expected}, found: ${found ?? 'Null'}`);
}

const foundTypes: Readonly<Record<string, string>> = {
  string: 'String',
  number: 'Number',
  boolean: 'Boolean',
  object: 'JSONObject',
};

const invalid = (at: string, what: string) =>
  validationError(`Properties validation failed with message: ${at}: ${what}`);

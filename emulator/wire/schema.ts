import { NormalizedSchema } from '@smithy/core/schema';
import type { $SchemaRef, StaticErrorSchema, StaticOperationSchema, StaticStructureSchema } from '@smithy/types';

/** Where the SDK's schema tuples keep things; each client module exports its operations and errors as such tuples. */
const operationKind = 9;
const error = -3;

/** The traits that decide where a member travels in a REST request or answer. */
export interface HttpTraits {
  readonly httpLabel?: 1;
  readonly httpHeader?: string;
  readonly httpQuery?: string;
  readonly httpQueryParams?: 1;
  readonly httpPrefixHeaders?: string;
  readonly httpPayload?: 1;
  readonly httpResponseCode?: 1;
}

export function isOperationSchema(value: unknown): value is StaticOperationSchema {
  return Array.isArray(value) && value[0] === operationKind;
}

export function isErrorSchema(value: unknown): value is StaticErrorSchema {
  return Array.isArray(value) && value[0] === error;
}

export const nameOf = (operation: StaticOperationSchema): string => operation[2];
export const inputOf = (operation: StaticOperationSchema): NormalizedSchema => normalize(operation[4]);
export const outputOf = (operation: StaticOperationSchema): NormalizedSchema => normalize(operation[5]);

/** A schema with its traits resolved. Normalizing is cached by the SDK, so this is cheap on the hot path. */
export function normalize(schema: unknown): NormalizedSchema {
  return NormalizedSchema.of(schema as $SchemaRef);
}

export const membersOf = (schema: NormalizedSchema): [string, NormalizedSchema][] => [...schema.structIterator()];

const members = new WeakMap<NormalizedSchema, ReadonlyMap<string, NormalizedSchema>>();

/** A structure's members by their names: quicker than going through them where a value has few. */
export function memberMapOf(schema: NormalizedSchema): ReadonlyMap<string, NormalizedSchema> {
  const known = members.get(schema);
  if (known) {
    return known;
  }
  const map = new Map(schema.structIterator());
  members.set(schema, map);
  return map;
}

const elements = new WeakMap<NormalizedSchema, NormalizedSchema>();

/** What a list or a map holds. The SDK makes a schema anew each time it is asked for this. */
export function elementOf(schema: NormalizedSchema): NormalizedSchema {
  const known = elements.get(schema);
  if (known) {
    return known;
  }
  const element = schema.getValueSchema();
  elements.set(schema, element);
  return element;
}

export const traitsOf = (schema: NormalizedSchema): Record<string, unknown> =>
  schema.getMergedTraits() as Record<string, unknown>;

export const httpTraitsOf = (schema: NormalizedSchema): HttpTraits => schema.getMergedTraits() as HttpTraits;

/** How many of a structure's first members are required. */
export function requiredCount(schema: NormalizedSchema): number {
  const tuple = schema.getSchema();
  return Array.isArray(tuple) && typeof tuple[6] === 'number' ? tuple[6] : 0;
}

/** A structure that no model has: an envelope, or the part of one that travels in the body. */
export function structure(name: string, members: readonly (readonly [string, $SchemaRef])[]): StaticStructureSchema {
  return [3, 'emulator.wire', name, 0, members.map(([member]) => member), members.map(([, schema]) => schema)];
}

/** A member as it stands in a structure, for use in another structure. */
export function memberReference(member: NormalizedSchema): $SchemaRef {
  return [member.getSchema(), member.getMergedTraits()] as $SchemaRef;
}

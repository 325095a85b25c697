import { type JsonSettings, JsonShapeDeserializer2 } from '@smithy/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import type { DocumentType } from '@smithy/types';
import { validateShape } from '../validate.ts';
import { assertBoundedJson } from './json-bounds.ts';

/**
 * Makes the reader of bodies in JSON; an empty body is an input without members. The shape is checked first: the SDK's codec,
 * made to read what AWS answers, takes a list for a structure without members. Reading throws a SyntaxError, a
 * SerializationException or a ValidationException.
 */
export function jsonReader(settings: JsonSettings) {
  const deserializer = new JsonShapeDeserializer2(settings);
  return (schema: NormalizedSchema, body: string): unknown => {
    assertBoundedJson(body);
    const parsed: DocumentType = body === '' ? {} : JSON.parse(body);
    validateShape(schema, parsed);
    return deserializer.readObject(schema, parsed);
  };
}

import * as z from 'zod/mini';
import { type FieldError, InvalidRequest } from '../domain/errors.ts';

/**
 * The part of a request that a schema describes.
 *
 * @throws InvalidRequest that names every field to put right, as one writes it in a program: `items[0].quantity`; the whole
 * body is `body`.
 */
export function accept<Schema extends z.core.$ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = z.safeParse(schema, value);
  if (!result.success) {
    throw new InvalidRequest(result.error.issues.flatMap(fieldErrors));
  }
  return result.data;
}

function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ field: fieldName([...issue.path, key]), message: 'is not known here' }));
  }
  return [{ field: fieldName(issue.path), message: issue.message }];
}

function fieldName(path: readonly PropertyKey[]): string {
  const name = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return name === '' ? 'body' : name.replace(/^\./, '');
}

import { validationError } from '../errors.ts';

/** A scalar as text: CloudFormation writes numbers and booleans as JSON does. */
export function textOf(value: unknown, name: string): string {
  if (typeof value === 'string') {
    return value;
  }
  if (typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  const found = JSON.stringify(value) ?? 'nothing';
  throw validationError(`Template error: ${name} requires a string, not ${found.slice(0, 1000)}.`);
}

import { AwsError } from '../../wire/operation.ts';

/** SSM's answer to an input that the operation's own errors do not cover. */
export function validationException(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

/** Holds a list of names against the 10 that the batch operations take. */
export function atMostTenNames(names: readonly string[]): void {
  if (names.length >= 1 && names.length <= 10) {
    return;
  }
  const limit = names.length > 10 ? 'less than or equal to 10' : 'greater than or equal to 1';
  throw validationException(
    `1 validation error detected: Value '[${names.join(', ')}]' at 'names' failed to satisfy constraint: Member must have length ${limit}`,
  );
}

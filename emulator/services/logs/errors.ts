import * as logs from '@aws-sdk/client-cloudwatch-logs';

/** Errors that several operations share, in AWS's words. Those of one operation are thrown where they arise. */

const $metadata = {};

export function groupNotFound(): logs.ResourceNotFoundException {
  return new logs.ResourceNotFoundException({ message: 'The specified log group does not exist.', $metadata });
}

export function streamNotFound(): logs.ResourceNotFoundException {
  return new logs.ResourceNotFoundException({ message: 'The specified log stream does not exist.', $metadata });
}

export function invalidParameter(message: string): logs.InvalidParameterException {
  return new logs.InvalidParameterException({ message, $metadata });
}

/** A value that is not what the API model asks for. */
export function constraintViolated(member: string, value: unknown, constraint: string): logs.InvalidParameterException {
  return invalidParameter(
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}

/** A number that is not in 1 to `most`. */
export function outOfRange(member: string, value: number, most: number): logs.InvalidParameterException {
  const range = value > most ? `less than or equal to ${most}` : 'greater than or equal to 1';
  return constraintViolated(member, value, `Member must have value ${range}`);
}

/** Holds a number against its range; without one, the default. */
export function inRange(member: string, value: number | undefined, most: number): number {
  if (value === undefined) {
    return most;
  }
  if (value < 1 || value > most) {
    throw outOfRange(member, value, most);
  }
  return value;
}

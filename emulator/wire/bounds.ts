import { AwsError } from './operation.ts';

/**
 * How deep a body may nest, in levels. The deepest that AWS takes is an item of DynamoDB: 32 levels, two of JSON for each.
 * What reads a body calls itself a level at a time, so that without a limit a small body can use up the stack.
 */
export const MAX_NESTING = 128;

/** How many values a body may hold: PutLogEvents, the largest of the requests served here, has 30,000. */
export const MAX_VALUES = 200_000;

/** Largest body that is read into values, in bytes: that of DynamoDB, which is the largest of AWS's. */
export const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

/** @throws RequestEntityTooLargeException, status 413, past {@link MAX_MESSAGE_BYTES} */
export function assertMessageSize({ length }: Uint8Array): void {
  if (length <= MAX_MESSAGE_BYTES) return;
  throw new AwsError('RequestEntityTooLargeException', `Request size exceeded ${MAX_MESSAGE_BYTES} bytes`, 413);
}

/** What a body is refused with that nests too deeply, or holds too much. */
export const outOfBounds = (): AwsError =>
  new AwsError(
    'SerializationException',
    `The request body nests deeper than ${MAX_NESTING} levels or holds more than ${MAX_VALUES} values.`,
  );

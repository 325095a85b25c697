import { AwsError } from '../operation.ts';

/**
 * How deep a body may nest, in levels. The deepest that AWS takes is an item of DynamoDB: 32 levels, two of JSON for each.
 * What reads a body calls itself a level at a time, so that without a limit a small body can use up the stack.
 */
export const maxNesting = 128;

/** How many values a body may hold: PutLogEvents, the largest of the requests served here, has 30,000. */
export const maxValues = 200_000;

/** What a body is refused with that nests too deeply, or holds too much. */
export const outOfBounds = (): AwsError =>
  new AwsError(
    'SerializationException',
    `The request body nests deeper than ${maxNesting} levels or holds more than ${maxValues} values.`,
  );

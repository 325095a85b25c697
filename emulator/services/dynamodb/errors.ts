import * as dynamodb from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../wire/operation.ts';

/** Errors that several operations share, in AWS's words. Those of one operation are thrown where they arise. */

const $metadata = {};

export const validationException = (message: string): AwsError => new AwsError('ValidationException', message);

/** For a setting of an operation that is served; an operation that is not is answered so by the gateway. */
export const notServed = (what: string): AwsError =>
  new AwsError('NotImplemented', `dynamodb: ${what} is not served by this endpoint.`, 501);

export function tableNotFound(name: string): dynamodb.ResourceNotFoundException {
  return resourceNotFound(`Requested resource not found: Table: ${name} not found`);
}

export function resourceNotFound(message: string): dynamodb.ResourceNotFoundException {
  return new dynamodb.ResourceNotFoundException({ message, $metadata });
}

export function resourceInUse(message: string): dynamodb.ResourceInUseException {
  return new dynamodb.ResourceInUseException({ message, $metadata });
}

export function limitExceeded(message: string): dynamodb.LimitExceededException {
  return new dynamodb.LimitExceededException({ message, $metadata });
}

/** An error of an operation on items as it is answered: its members are as they travel, like the items. */
export class ItemError extends Error {
  readonly statusCode = 400;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(code: string, members: Readonly<Record<string, unknown>>) {
    super(code);
    this.body = { __type: `com.amazonaws.dynamodb.v20120810#${code}`, ...members };
  }
}

/** Whether an error is an answer to the caller, from dynalite or from here, rather than a fault of a program. */
export function isItemError(error: unknown): error is Pick<ItemError, 'statusCode' | 'body'> {
  return error instanceof Error && 'statusCode' in error && 'body' in error;
}

/** The code of an answer: `ConditionalCheckFailedException`. */
export const codeOf = ({ body }: Pick<ItemError, 'body'>): string => String(body['__type']).split('#').at(-1) ?? '';

/** An answer of dynalite's as an error for the wire. */
export function toAwsError(error: unknown): unknown {
  if (!isItemError(error)) {
    return error;
  }
  const { message, Message } = error.body;
  return new AwsError(codeOf(error), String(message ?? Message ?? ''), error.statusCode);
}

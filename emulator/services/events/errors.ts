import * as eventbridge from '@aws-sdk/client-eventbridge';
import { AwsError } from '../../wire/operation.ts';

/** Errors that several operations share, in AWS's words. Those of one operation are thrown where they arise. */

const $metadata = {};

export function validationException(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

export function busNotFound(name: string): eventbridge.ResourceNotFoundException {
  return new eventbridge.ResourceNotFoundException({ message: `Event bus ${name} does not exist.`, $metadata });
}

export function ruleNotFound(name: string, bus: string): eventbridge.ResourceNotFoundException {
  const message = `Rule ${name} does not exist on EventBus ${bus}.`;
  return new eventbridge.ResourceNotFoundException({ message, $metadata });
}

export function limitExceeded(): eventbridge.LimitExceededException {
  const message = 'The requested resource exceeds the maximum number allowed.';
  return new eventbridge.LimitExceededException({ message, $metadata });
}

export function invalidPattern(reason: string): eventbridge.InvalidEventPatternException {
  const message = `Event pattern is not valid. Reason: ${reason}`;
  return new eventbridge.InvalidEventPatternException({ message, $metadata });
}

export function notServed(what: string): AwsError {
  return new AwsError('NotImplemented', `events: ${what} not served by this endpoint.`, 501);
}

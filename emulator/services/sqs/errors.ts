import * as sqs from '@aws-sdk/client-sqs';
import { AwsError } from '../../wire/operation.ts';

/** Errors that several operations share, in AWS's words. Those of one operation are thrown where they arise. */

const $metadata = {};

export function queueDoesNotExist(): sqs.QueueDoesNotExist {
  return new sqs.QueueDoesNotExist({ message: 'The specified queue does not exist.', $metadata });
}

/** In the JSON protocol these two have other names than in the query protocol (recorded on AWS). */
export function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message, 400, 'InvalidParameterValue');
}

export function invalidValue(parameter: string, value: unknown, reason: string): AwsError {
  return invalidParameter(`Value ${value} for parameter ${parameter} is invalid. Reason: ${reason}`);
}

/** Of a FIFO queue, whose handles end with their visibility timeout. */
export function expiredHandle(receiptHandle: string): AwsError {
  return invalidValue('ReceiptHandle', receiptHandle, 'The receipt handle has expired.');
}

export function missingParameter(name: string): AwsError {
  const message = `The request must contain the parameter ${name}.`;
  return new AwsError('MissingRequiredParameterException', message, 400, 'MissingParameter');
}

export function unknownAttribute(name: string): sqs.InvalidAttributeName {
  return new sqs.InvalidAttributeName({ message: `Unknown Attribute ${name}.`, $metadata });
}

export function invalidAttributeValue(name: string, reason?: string): sqs.InvalidAttributeValue {
  const why = reason === undefined ? '' : ` Reason: ${reason}`;
  return new sqs.InvalidAttributeValue({ message: `Invalid value for the parameter ${name}.${why}`, $metadata });
}

export function resourceNotFound(message: string): sqs.ResourceNotFoundException {
  return new sqs.ResourceNotFoundException({ message, $metadata });
}

/** Whether an error is an answer to the caller, rather than a fault of this program. */
export function isAnswer(error: unknown): error is AwsError | sqs.SQSServiceException {
  return error instanceof AwsError || error instanceof sqs.SQSServiceException;
}

import * as sns from '@aws-sdk/client-sns';
import { AwsError } from '../../wire/operation.ts';

/** Errors that several operations share, in AWS's words. */

const $metadata = {};

export const invalidParameter = (what: string) =>
  new sns.InvalidParameterException({ message: `Invalid parameter: ${what}`, $metadata });
export const invalidValue = (message: string) => new sns.InvalidParameterValueException({ message, $metadata });
export const topicNotFound = () => new sns.NotFoundException({ message: 'Topic does not exist', $metadata });
export const subscriptionNotFound = () =>
  new sns.NotFoundException({ message: 'Subscription does not exist', $metadata });

/** Something that AWS serves and this endpoint does not. */
export const notServed = (what: string) =>
  new AwsError('NotImplemented', `sns: ${what} is not served by this endpoint.`, 501);

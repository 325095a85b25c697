import * as s3 from '@aws-sdk/client-s3';
import { AwsError, DetailedError } from '../../wire/operation.ts';

/** Errors that several operations share, in AWS's words. Those of one operation are thrown where they arise. */

const $metadata = {};

export const noSuchBucket = (): s3.NoSuchBucket =>
  new s3.NoSuchBucket({ message: 'The specified bucket does not exist', $metadata });

const noKeyMessage = 'The specified key does not exist.';

export const noSuchKey = (): s3.NoSuchKey => new s3.NoSuchKey({ message: noKeyMessage, $metadata });

/** Of a key whose newest version is the mark of a deletion. Source: Amazon S3 User Guide, "Working with delete markers". */
export const deletedKey = (versionId: string): AwsError =>
  new DetailedError(
    new AwsError('NoSuchKey', noKeyMessage, 404),
    {},
    { 'x-amz-delete-marker': 'true', 'x-amz-version-id': versionId },
  );

export const noSuchVersion = (): AwsError =>
  new AwsError('NoSuchVersion', 'The specified version does not exist.', 404);

export const methodNotAllowed = (): AwsError =>
  new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', 405);

/** @param Condition the header that did not hold */
export const preconditionFailed = (Condition: string): AwsError =>
  new DetailedError(
    new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412),
    { Condition },
  );

export const invalidRequest = (message: string): AwsError => new AwsError('InvalidRequest', message);

export const invalidArgument = (message: string): AwsError => new AwsError('InvalidArgument', message);

export const malformedXml = (): AwsError =>
  new AwsError(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );

/** For a part of a request that is served otherwise; an operation that is not is answered so by the gateway. */
export const notServed = (what: string): AwsError =>
  new AwsError('NotImplemented', `s3: ${what} is not served by this endpoint.`, 501);

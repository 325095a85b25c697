import { AwsError } from '../operation.ts';
import type { Scope } from './signature.ts';

/**
 * Refusals of a signature, in AWS's words. The query protocol and S3 have older names for them. Sources: "Troubleshoot
 * Signature Version 4 signing for AWS API requests", the "Common Errors" of the services, and S3's "Error responses".
 */

export const missingToken = (): AwsError =>
  new AwsError(
    'MissingAuthenticationTokenException',
    'Missing Authentication Token',
    403,
    'MissingAuthenticationToken',
  );

export const incomplete = (message: string): AwsError =>
  new AwsError('IncompleteSignatureException', message, 403, 'IncompleteSignature');

export const incompleteQuery = (): AwsError =>
  new AwsError(
    'AuthorizationQueryParametersError',
    'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
  );

export const badExpires = (): AwsError =>
  new AwsError('AuthorizationQueryParametersError', 'X-Amz-Expires must be a number of seconds from 1 to 604800.');

export const requestExpired = (): AwsError => new AwsError('AccessDenied', 'Request has expired', 403);

export function signatureMismatch(service: string): AwsError {
  const check =
    service === 's3'
      ? 'key and signing method.'
      : 'AWS Secret Access Key and signing method. Consult the service documentation for details.';
  return wrongSignature(
    `The request signature we calculated does not match the signature you provided. Check your ${check}`,
  );
}

/** "Create a signed AWS API request": all `x-amz-*` headers have to be signed. */
export const unsignedHeaders = (service: string): AwsError =>
  service === 's3'
    ? new AwsError('AccessDenied', 'There were headers present in the request which were not signed', 403)
    : signatureMismatch(service);

export const otherDate = ({ date }: Scope, time: string): AwsError =>
  wrongSignature(
    `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}' != '${time.slice(0, 8)}', from '${time}'.`,
  );

export const tooOld = (service: string, time: string): AwsError =>
  service === 's3' ? skewed() : wrongSignature(`Signature expired: ${time} is more than 5 minutes ago.`);

export const notYet = (service: string, time: string): AwsError =>
  service === 's3' ? skewed() : wrongSignature(`Signature not yet current: ${time} is more than 5 minutes ahead.`);

const skewed = (): AwsError =>
  new AwsError(
    'RequestTimeTooSkewed',
    'The difference between the request time and the current time is too large.',
    403,
  );

const wrongSignature = (message: string): AwsError =>
  new AwsError('InvalidSignatureException', message, 403, 'SignatureDoesNotMatch');

export const unknownKey = (service: string): AwsError =>
  service === 's3'
    ? new AwsError('InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.', 403)
    : badToken(service);

export const badToken = (service: string): AwsError =>
  service === 's3'
    ? new AwsError('InvalidToken', 'The provided token is malformed or otherwise invalid.')
    : new AwsError(
        'UnrecognizedClientException',
        'The security token included in the request is invalid.',
        403,
        'InvalidClientTokenId',
      );

export const expiredToken = (): AwsError =>
  new AwsError('ExpiredTokenException', 'The security token included in the request is expired', 403, 'ExpiredToken');

export const otherContent = (): AwsError =>
  new AwsError(
    'XAmzContentSHA256Mismatch',
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
  );

export const badContentHash = (allowed: readonly string[]): AwsError =>
  new AwsError('InvalidArgument', `x-amz-content-sha256 must be ${allowed.join(', ')} or a valid sha256 value.`);

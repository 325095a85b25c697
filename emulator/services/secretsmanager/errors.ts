import * as secretsmanager from '@aws-sdk/client-secrets-manager';

/** Errors that several operations share, in AWS's words. Those of one operation are thrown where they arise. */

const $metadata = {};

export function notFound(what = 'secret.'): secretsmanager.ResourceNotFoundException {
  const message = `Secrets Manager can't find the specified ${what}`;
  return new secretsmanager.ResourceNotFoundException({ message, $metadata });
}

export function invalidRequest(message: string): secretsmanager.InvalidRequestException {
  return new secretsmanager.InvalidRequestException({ message, $metadata });
}

export function invalidParameter(message: string): secretsmanager.InvalidParameterException {
  return new secretsmanager.InvalidParameterException({ message, $metadata });
}

export function exists(message: string): secretsmanager.ResourceExistsException {
  return new secretsmanager.ResourceExistsException({ message, $metadata });
}

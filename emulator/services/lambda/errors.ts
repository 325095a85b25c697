import { getSystemErrorMessage } from 'node:util';
import {
  InvalidParameterValueException,
  InvalidRequestContentException,
  PreconditionFailedException,
  RecursiveInvocationException,
  RequestTooLargeException,
  ResourceConflictException,
  ResourceNotFoundException,
  ServiceException,
  type ThrottleReason,
  TooManyRequestsException,
} from '@aws-sdk/client-lambda';
import { AwsError } from '../../wire/operation.ts';

/** What every exception of Lambda's carries; it repeats its message in a member of its own. */
const userFault = (message: string) => ({ message, Message: message, Type: 'User', $metadata: {} });

export const notFound = (message: string) => new ResourceNotFoundException(userFault(message));
export const conflict = (message: string) => new ResourceConflictException(userFault(message));
export const invalidParameter = (message: string) => new InvalidParameterValueException(userFault(message));
export const invalidContent = (message: string) => new InvalidRequestContentException(userFault(message));
export const tooLarge = (message: string) => new RequestTooLargeException(userFault(message));

export const recursive = (functionName: string) =>
  new RecursiveInvocationException(
    userFault(
      `Lambda has detected ${functionName} being invoked in a recursive loop with other AWS resources and stopped its invocation.`,
    ),
  );

/** Something that this machine could not do. What the system says of it names paths of the machine; its code does not. */
export function hostFault(what: string, { code, errno = 0 }: NodeJS.ErrnoException): ServiceException {
  const message = `${what}: ${code}, ${getSystemErrorMessage(errno)}.`;
  return new ServiceException({ message, Message: message, Type: 'Service', $metadata: {} });
}

export const staleRevision = () =>
  new PreconditionFailedException(
    userFault(
      'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
    ),
  );

export const throttled = (reason: ThrottleReason) =>
  new TooManyRequestsException({ ...userFault('Rate Exceeded.'), Reason: reason, retryAfterSeconds: '1' });

/** A value outside of what the API model allows: `Value '0' at 'timeout' failed to satisfy constraint: ...`. */
export const invalidValue = (at: string, value: unknown, constraint: string) =>
  new AwsError(
    'ValidationException',
    `1 validation error detected: Value '${String(value)}' at '${at}' failed to satisfy constraint: ${constraint}`,
  );

/** Something that AWS serves and this endpoint does not. It is refused by its name, so that nothing is skipped in silence. */
export const notServed = (what: string) => invalidParameter(`${what} is not served by this endpoint.`);

/** A number outside of the limits of the API model. */
export const outside = (at: string, value: number, least: number, most: number) =>
  invalidValue(
    at,
    value,
    `Member must have value ${value > most ? `less than or equal to ${most}` : `greater than or equal to ${least}`}`,
  );

/** Holds a number against the limits of the API model. */
export function within(at: string, value: number | undefined, least: number, most: number): void {
  if (value !== undefined && (value < least || value > most)) {
    throw outside(at, value, least, most);
  }
}

/** Refuses an input that sets one of these members. An empty list or structure sets nothing. */
export function refuseMembers<Input extends object>(input: Input, members: readonly (keyof Input & string)[]): void {
  for (const member of members) {
    if (isSet(input[member])) {
      throw notServed(member);
    }
  }
}

function isSet(value: unknown): boolean {
  if (value === undefined || value === null || value === '') {
    return false;
  }
  return typeof value !== 'object' || Object.values(value).some(isSet);
}

import {
  DeleteConflictException,
  EntityAlreadyExistsException,
  InvalidInputException,
  LimitExceededException,
  MalformedPolicyDocumentException,
  NoSuchEntityException,
} from '@aws-sdk/client-iam';
import { AwsError } from '../../wire/operation.ts';

const told = (message: string) => ({ message, $metadata: {} });

export const noSuchEntity = (message: string) => new NoSuchEntityException(told(message));
export const alreadyExists = (message: string) => new EntityAlreadyExistsException(told(message));
export const deleteConflict = (message: string) => new DeleteConflictException(told(message));
export const malformedPolicy = (message: string) => new MalformedPolicyDocumentException(told(message));
export const limitExceeded = (message: string) => new LimitExceededException(told(message));
export const invalidInput = (message: string) => new InvalidInputException(told(message));

/** A value outside of what the API model allows. */
export const invalidValue = (at: string, value: unknown, constraint: string) =>
  new AwsError(
    'ValidationError',
    `1 validation error detected: Value '${String(value)}' at '${at}' failed to satisfy constraint: ${constraint}`,
  );

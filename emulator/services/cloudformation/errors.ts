import { AwsError } from '../../wire/operation.ts';

/** What CloudFormation answers to nearly everything it refuses: the code `ValidationError`, status 400. */
export const validationError = (message: string): AwsError => new AwsError('ValidationError', message);

/** Two resources of one name cannot be there at once, so one whose template names it is not replaced. */
export const customNamed = (name: unknown): AwsError =>
  validationError(
    `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${name} and update the stack again.`,
  );

/** The codes of "Handler error codes" in the CloudFormation CLI User Guide that can be told from an error's name. */
const handlerCodes: readonly (readonly [name: RegExp, code: string])[] = [
  [/AlreadyExists|ResourceConflict|EntityAlready|QueueNameExists/, 'AlreadyExists'],
  [/NotFound|NoSuch|DoesNotExist|NonExistent/, 'NotFound'],
  [/AccessDenied|Unauthorized/, 'AccessDenied'],
  [/LimitExceeded/, 'ServiceLimitExceeded'],
  [/Throttl|TooManyRequests/, 'Throttling'],
  [/Invalid|Validation|Malformed/, 'InvalidRequest'],
];

/** Why something failed, as a stack's events word it. An error of the template itself speaks for itself. */
export function failureReason(error: unknown): string {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (error instanceof AwsError && name === 'ValidationError') {
    return message;
  }
  const code = handlerCodes.find(([pattern]) => pattern.test(name))?.[1] ?? 'GeneralServiceException';
  return `Resource handler returned message: "${message}" (HandlerErrorCode: ${code})`;
}

import { AwsError } from '../../wire/operation.ts';

/** What CloudFormation answers to nearly everything it refuses: the code `ValidationError`, status 400. */
export const validationError = (message: string): AwsError => new AwsError('ValidationError', message);

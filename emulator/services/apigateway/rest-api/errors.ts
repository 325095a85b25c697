import * as apigateway from '@aws-sdk/client-api-gateway';
import { LinearRegex } from '../../../wire/linear-regex.ts';
import { AwsError } from '../../../wire/operation.ts';

/** Errors that several operations share, in AWS's words. */

const $metadata = {};

export const badRequest = (message: string) => new apigateway.BadRequestException({ message, $metadata });
export const conflict = (message: string) => new apigateway.ConflictException({ message, $metadata });
export const notFound = (what: string) =>
  new apigateway.NotFoundException({ message: `Invalid ${what} identifier specified`, $metadata });

/** Something that AWS serves and this endpoint does not. */
export const notServed = (what: string) =>
  new AwsError('NotImplemented', `apigateway: ${what} is not served by this endpoint.`, 501);

/** Refuses what is no regular expression. @throws BadRequestException */
export function checkRegex(source: string | undefined): void {
  try {
    new LinearRegex(source ?? '');
  } catch (error) {
    throw badRequest(`Invalid regular expression: ${(error as Error).message}`);
  }
}

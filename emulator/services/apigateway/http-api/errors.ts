import * as apigateway from '@aws-sdk/client-apigatewayv2';
import { AwsError } from '../../../wire/operation.ts';

/** Errors that several operations share, in AWS's words. */

const $metadata = {};

export const badRequest = (message: string) =>
  new apigateway.BadRequestException({ message, Message: message, $metadata } as never);
export const conflict = (message: string) => new apigateway.ConflictException({ message, $metadata } as never);
export const notFound = (what: string, id: string) =>
  new apigateway.NotFoundException({ message: `Invalid ${what} identifier specified ${id}`, $metadata } as never);

/** Something that AWS serves and this endpoint does not. */
export const notServed = (what: string) =>
  new AwsError('NotImplemented', `apigateway: ${what} is not served by this endpoint.`, 501);

/** Refuses, by name, a member that would be promised and not kept. */
export function refuseMembers<Input extends object>(input: Input, members: readonly (keyof Input & string)[]): void {
  for (const member of members) {
    const value = input[member] as unknown;
    if (
      value !== undefined &&
      value !== false &&
      !(typeof value === 'object' && Object.keys(Object(value)).length === 0)
    ) {
      throw notServed(member);
    }
  }
}

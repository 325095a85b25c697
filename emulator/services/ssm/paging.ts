import * as ssm from '@aws-sdk/client-ssm';
import { pager } from '../../wire/page.ts';
import { validationException } from './errors.ts';

/** Pages of a limited number of items. @throws InvalidNextToken, ValidationException */
const pagerOf = (most: number) =>
  pager({
    limit: 'MaxResults',
    token: 'NextToken',
    next: 'NextToken',
    most,
    sorted: true,
    badLimit: (limit) => {
      const range = limit > most ? `less than or equal to ${most}` : 'greater than or equal to 1';
      return validationException(
        `1 validation error detected: Value '${limit}' at 'maxResults' failed to satisfy constraint: Member must have value ${range}`,
      );
    },
    badToken: () => new ssm.InvalidNextToken({ message: 'The specified token is not valid.', $metadata: {} }),
  });

export const pageOf = pagerOf(50);
export const pageOfPath = pagerOf(10);

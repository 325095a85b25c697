import * as secretsmanager from '@aws-sdk/client-secrets-manager';
import { pager } from '../../wire/page.ts';
import { invalidParameter } from './errors.ts';

/** @throws InvalidNextTokenException, InvalidParameterException */
export const pageOf = pager({
  limit: 'MaxResults',
  token: 'NextToken',
  next: 'NextToken',
  most: 100,
  badLimit: () => invalidParameter('MaxResults must be between 1 and 100.'),
  badToken: () =>
    new secretsmanager.InvalidNextTokenException({ message: 'The NextToken value is invalid.', $metadata: {} }),
});

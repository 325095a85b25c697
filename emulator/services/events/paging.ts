import { pager } from '../../wire/page.ts';
import { validationException } from './errors.ts';

/** @throws ValidationException */
export const pageOf = pager({
  limit: 'Limit',
  token: 'NextToken',
  next: 'NextToken',
  most: 100,
  badLimit: (limit) =>
    validationException(
      `1 validation error detected: Value '${limit}' at 'limit' failed to satisfy constraint: Member must have value between 1 and 100`,
    ),
  badToken: () => validationException('Parameter NextToken is not valid.'),
});

import { pager } from '../../wire/page.ts';
import { invalidParameter, outOfRange } from './errors.ts';

const most = 50;

/** @throws InvalidParameterException */
export const pageOf = pager({
  limit: 'limit',
  token: 'nextToken',
  next: 'nextToken',
  most: most,
  badLimit: (limit) => outOfRange('limit', limit, most),
  badToken: () => invalidParameter('The specified nextToken is invalid.'),
});

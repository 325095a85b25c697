import { pager } from '../../wire/page.ts';
import { invalidParameter, outOfRange } from './errors.ts';

const MOST = 50;

/** @throws InvalidParameterException */
export const pageOf = pager({
  limit: 'limit',
  token: 'nextToken',
  next: 'nextToken',
  most: MOST,
  badLimit: (limit) => outOfRange('limit', limit, MOST),
  badToken: () => invalidParameter('The specified nextToken is invalid.'),
});

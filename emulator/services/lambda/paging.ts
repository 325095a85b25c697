import { pager } from '../../wire/page.ts';
import { invalidParameter, outside } from './errors.ts';

const MOST = 10_000;

/** @throws InvalidParameterValueException, ValidationException */
export const pageOf = pager({
  limit: 'MaxItems',
  token: 'Marker',
  next: 'NextMarker',
  usual: 50,
  most: MOST,
  badLimit: (limit) => outside('maxItems', limit, 1, MOST),
  badToken: () => invalidParameter('The Marker is not valid.'),
});

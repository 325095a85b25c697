import { pager } from '../../wire/page.ts';
import { invalidParameter, outside } from './errors.ts';

const most = 10_000;

/** @throws InvalidParameterValueException, ValidationException */
export const pageOf = pager({
  limit: 'MaxItems',
  token: 'Marker',
  next: 'NextMarker',
  usual: 50,
  most: most,
  badLimit: (limit) => outside('maxItems', limit, 1, most),
  badToken: () => invalidParameter('The Marker is not valid.'),
});

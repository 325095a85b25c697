import { pager } from '../../wire/page.ts';
import { invalidValue } from './errors.ts';

const page = pager({
  limit: 'MaxItems',
  token: 'Marker',
  next: 'Marker',
  usual: 100,
  most: 1000,
  badLimit: (limit) => invalidValue('maxItems', limit, 'Member must have value between 1 and 1000, both inclusive'),
  badToken: (token) => invalidValue('marker', token, 'Member is not a marker of a listing'),
});

/** One page of a listing, that also says whether there is another. @throws ValidationError */
export function pageOf<Item>(...listing: Parameters<typeof page<Item>>) {
  const { items, ...next } = page(...listing);
  return { items, IsTruncated: next.Marker !== undefined, ...next };
}

import { pager } from '../../../wire/page.ts';
import { badRequest } from './errors.ts';

/** Listings come in pages of 25 by default, and of 500 at the most. */
const page = pager({
  limit: 'limit',
  token: 'position',
  next: 'position',
  usual: 25,
  most: 500,
  badLimit: () => badRequest('Invalid limit specified'),
  badToken: () => badRequest('Invalid position parameter specified'),
});

export function pageOf<Item>(
  listing: readonly Item[],
  keyOf: (item: Item) => string | undefined,
  { limit, position }: { readonly limit?: number | undefined; readonly position?: string | undefined },
): { items: Item[]; position?: string } {
  return page(listing, (item) => keyOf(item) ?? '', { ...(limit !== undefined && { limit }), position });
}

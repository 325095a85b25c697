import { pager } from '../../../wire/page.ts';
import { badRequest } from './errors.ts';

/** Listings come in pages of at most 500 ("API Gateway quotas"). MaxResults is text in this API. */
const page = pager({
  limit: 'Limit',
  token: 'NextToken',
  next: 'NextToken',
  usual: 100,
  most: 500,
  badLimit: () => badRequest('Invalid value specified for MaxResults'),
  badToken: () => badRequest('Invalid NextToken specified'),
});

export function pageOf<Item>(
  listing: readonly Item[],
  keyOf: (item: Item) => string | undefined,
  { MaxResults, NextToken }: { readonly MaxResults?: string | undefined; readonly NextToken?: string | undefined },
): { Items: Item[]; NextToken?: string } {
  const limit = MaxResults === undefined ? {} : { Limit: Number(MaxResults) };
  const { items, ...next } = page(listing, (item) => keyOf(item) ?? '', { ...limit, NextToken });
  return { Items: items, ...next };
}

import { pager } from '../../wire/page.ts';
import { invalidParameter } from './errors.ts';

/** Listings come in pages of 100, and nobody asks for less. */
const page = pager({
  limit: 'Limit',
  token: 'NextToken',
  next: 'NextToken',
  most: 100,
  badLimit: () => invalidParameter('Limit'),
  badToken: () => invalidParameter('NextToken'),
});

export const pageOf = <Item>(listing: readonly Item[], keyOf: (item: Item) => string, NextToken: string | undefined) =>
  page(listing, keyOf, { NextToken });

import { inRange, invalidParameter } from './errors.ts';

/** Most items on a page of a listing, and how many there are when the request names no limit. */
const PAGE = 50;

/** The request members by which a listing is paged. */
export interface PageRequest {
  readonly limit?: number | undefined;
  readonly nextToken?: string | undefined;
}

/**
 * One page of a listing, and the token of the next where there is one. The token names the last item seen.
 * @throws InvalidParameterException
 */
export function pageOf<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  { limit, nextToken }: PageRequest,
): { items: Item[]; nextToken?: string } {
  const size = inRange('limit', limit, PAGE);
  const start = nextToken === undefined ? 0 : startAfter(items.map(keyOf), nextToken);
  const page = items.slice(start, start + size);
  const last = page.at(-1);
  if (last === undefined || start + page.length >= items.length) return { items: page };
  return { items: page, nextToken: Buffer.from(keyOf(last)).toString('base64url') };
}

function startAfter(keys: readonly string[], token: string): number {
  const last = keys.indexOf(Buffer.from(token, 'base64url').toString());
  if (last !== -1) return last + 1;
  throw invalidParameter('The specified nextToken is invalid.');
}

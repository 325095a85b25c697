import * as ssm from '@aws-sdk/client-ssm';

/** One page of a listing, and the token of the next where there is one. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly NextToken?: string;
}

/**
 * One page of a listing in a fixed order. The token names the last item seen, so that a page stays right when items
 * are added or deleted meanwhile.
 * @throws InvalidNextToken
 */
export function pageOf<Item>(
  sorted: readonly Item[],
  keyOf: (item: Item) => string,
  { MaxResults, NextToken }: { MaxResults: number; NextToken: string | undefined },
): Page<Item> {
  const start = NextToken === undefined ? 0 : startAfter(sorted.map(keyOf), NextToken);
  const items = sorted.slice(start, start + MaxResults);
  const last = items.at(-1);
  if (last === undefined || start + items.length >= sorted.length) return { items };
  return { items, NextToken: Buffer.from(`${PREFIX}${keyOf(last)}`).toString('base64') };
}

function startAfter(keys: readonly string[], token: string): number {
  const decoded = Buffer.from(token, 'base64').toString();
  if (!decoded.startsWith(PREFIX)) {
    throw new ssm.InvalidNextToken({ message: 'The specified token is not valid.', $metadata: {} });
  }
  const last = decoded.slice(PREFIX.length);
  const start = keys.findIndex((key) => key > last);
  return start === -1 ? keys.length : start;
}

const PREFIX = 'after:';

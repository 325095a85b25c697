/** How a service pages its listings: what it calls the members of a page, its numbers and its errors. */
export interface Paging<Limit extends string, Token extends string, Next extends string> {
  /** The request's members: how many items at most, and which page. */
  readonly limit: Limit;
  readonly token: Token;
  /** The answer's member: the token of the next page, where there is one. */
  readonly next: Next;
  /** Items on a page where the request does not say. @default `most` */
  readonly usual?: number;
  readonly most: number;
  /**
   * Whether all listings come in the order of their keys. A token then stays good when the item that it names is deleted;
   * elsewhere it is refused.
   * @default false
   */
  readonly sorted?: boolean;
  readonly badLimit: (limit: number) => Error;
  readonly badToken: (token: string) => Error;
}

type PageRequest<Limit extends string, Token extends string> = {
  readonly [Member in Limit]?: number | undefined;
} & {
  readonly [Member in Token]?: string | undefined;
};

type Page<Item, Next extends string> = { readonly items: Item[] } & { readonly [Member in Next]?: string };

/**
 * Makes a service's `pageOf`: one page of a listing, and the token of the next. The token names the last item seen, by a
 * key that is unique in its listing, so that nothing is left out or told twice when others come and go meanwhile.
 */
export function pager<Limit extends string, Token extends string, Next extends string>(
  paging: Paging<Limit, Token, Next>,
) {
  const { most, usual = most, sorted = false, badLimit, badToken } = paging;
  return <Item>(
    listing: readonly Item[],
    keyOf: (item: Item) => string,
    request: PageRequest<Limit, Token>,
  ): Page<Item, Next> => {
    const limit: number = request[paging.limit] ?? usual;
    if (!Number.isInteger(limit) || limit < 1 || limit > most) {
      throw badLimit(limit);
    }
    const token: string | undefined = request[paging.token];
    const start = token === undefined ? 0 : startAfter(token, listing.map(keyOf), sorted);
    if (start === undefined) {
      throw badToken(token ?? '');
    }
    const items = listing.slice(start, start + limit);
    const last = items.at(-1);
    const next = last !== undefined && start + limit < listing.length && { [paging.next]: tokenOf(keyOf(last)) };
    return { items, ...next } as Page<Item, Next>;
  };
}

/** What tells a token from any other text. */
const prefix = 'after:';

const tokenOf = (key: string): string => Buffer.from(`${prefix}${key}`).toString('base64url');

/** The position after the item that a token names; undefined where it names none. */
function startAfter(token: string, keys: readonly string[], sorted: boolean): number | undefined {
  const text = Buffer.from(token, 'base64url').toString();
  if (!text.startsWith(prefix)) {
    return undefined;
  }
  const last = text.slice(prefix.length);
  const at = sorted ? keys.findLastIndex((key) => key <= last) : keys.indexOf(last);
  return at === -1 && !sorted ? undefined : at + 1;
}

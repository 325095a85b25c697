import { validationException } from './errors.ts';

const MOST = 100;

/** The request members by which a listing is paged. */
export interface PageRequest {
  readonly Limit?: number | undefined;
  readonly NextToken?: string | undefined;
}

/**
 * One page of a listing, and the token of the next where there is one. The token names the last item seen.
 * @throws ValidationException
 */
export function pageOf<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  { Limit = MOST, NextToken }: PageRequest,
): { items: Item[]; NextToken?: string } {
  if (!Number.isInteger(Limit) || Limit < 1 || Limit > MOST) {
    throw validationException(
      `1 validation error detected: Value '${Limit}' at 'limit' failed to satisfy constraint: Member must have value between 1 and ${MOST}`,
    );
  }
  const start = NextToken === undefined ? 0 : startAfter(items.map(keyOf), NextToken);
  const page = items.slice(start, start + Limit);
  const last = page.at(-1);
  if (last === undefined || start + page.length >= items.length) return { items: page };
  return { items: page, NextToken: Buffer.from(keyOf(last)).toString('base64url') };
}

function startAfter(keys: readonly string[], token: string): number {
  const last = keys.indexOf(Buffer.from(token, 'base64url').toString());
  if (last !== -1) return last + 1;
  throw validationException('Parameter NextToken is not valid.');
}

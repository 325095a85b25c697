import * as secretsmanager from '@aws-sdk/client-secrets-manager';
import { invalidParameter } from './errors.ts';

const MOST = 100;

/** The request members by which a listing is paged. */
export interface PageRequest {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

/**
 * One page of a listing, and the token of the next where there is one: the key of the last item seen.
 * @throws InvalidNextTokenException, InvalidParameterException where `MaxResults` is not in 1 to 100
 */
export function pageOf<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  { MaxResults = MOST, NextToken }: PageRequest,
): { items: Item[]; NextToken?: string } {
  if (!Number.isInteger(MaxResults) || MaxResults < 1 || MaxResults > MOST) {
    throw invalidParameter(`MaxResults must be between 1 and ${MOST}.`);
  }
  const start = NextToken === undefined ? 0 : startAfter(items.map(keyOf), NextToken);
  const page = items.slice(start, start + MaxResults);
  const last = page.at(-1);
  if (last === undefined || start + page.length >= items.length) return { items: page };
  return { items: page, NextToken: Buffer.from(keyOf(last)).toString('base64url') };
}

function startAfter(keys: readonly string[], token: string): number {
  const last = keys.indexOf(Buffer.from(token, 'base64url').toString());
  if (last !== -1) return last + 1;
  throw new secretsmanager.InvalidNextTokenException({ message: 'The NextToken value is invalid.', $metadata: {} });
}

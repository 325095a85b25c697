import { invalidParameter, invalidValue } from './errors.ts';

const MAX_RESULTS = 1000;

export interface Page<T> {
  readonly items: readonly T[];
  /** Where the next page begins, as a member of the answer; empty on the last page, and where no page size was asked for. */
  readonly next: { readonly NextToken?: string };
}

/** A page of what is listed by name. A token stays good while queues come and go. */
export function page<T extends { readonly name: string }>(
  all: readonly T[],
  maxResults: number | undefined,
  token: string | undefined,
): Page<T> {
  const size = maxResults ?? MAX_RESULTS;
  if (size < 1 || size > MAX_RESULTS) {
    throw invalidValue('MaxResults', size, `MaxResults must be an integer between 1 and ${MAX_RESULTS}.`);
  }
  const after = token === undefined ? '' : Buffer.from(token, 'base64url').toString();
  if (token === '') throw invalidParameter('Invalid or expired next token.');
  const rest = all.filter(({ name }) => name > after);
  const items = rest.slice(0, size);
  const last = items.at(-1);
  const more = maxResults !== undefined && rest.length > size && last;
  return { items, next: more ? { NextToken: Buffer.from(last.name).toString('base64url') } : {} };
}

/** Which part of a bucket's keys is listed. */
export interface ListingRequest {
  readonly prefix: string;
  /** Keys that share what is before the next delimiter are listed as one common prefix. */
  readonly delimiter: string | undefined;
  /** The key, or the common prefix, that the page before ended with. */
  readonly after: string;
  readonly limit: number;
}

export interface Listing<Entry> {
  readonly entries: readonly Entry[];
  readonly commonPrefixes: readonly string[];
  /** The last entry, or common prefix, of a page behind which there is more. */
  readonly last: Entry | string | undefined;
}

export const maxKeys = 1000;

/**
 * A page of a bucket's entries, which come in the order of their keys and begin behind the page before. Source: Amazon S3
 * User Guide, "Organizing objects using prefixes".
 */
export function listing<Entry extends { readonly key: string }>(
  sorted: readonly Entry[],
  { prefix, delimiter, after, limit }: ListingRequest,
): Listing<Entry> {
  const entries: Entry[] = [];
  const commonPrefixes: string[] = [];
  let last: Entry | string | undefined;
  for (const entry of sorted) {
    if (!entry.key.startsWith(prefix)) {
      continue;
    }
    const group = commonPrefixOf(entry.key, prefix, delimiter);
    if (group !== undefined && (group === commonPrefixes.at(-1) || group === after)) {
      continue;
    }
    if (entries.length + commonPrefixes.length >= limit) {
      return { entries, commonPrefixes, last };
    }
    if (group === undefined) {
      entries.push(entry);
    } else {
      commonPrefixes.push(group);
    }
    last = group ?? entry;
  }
  return { entries, commonPrefixes, last: undefined };
}

function commonPrefixOf(key: string, prefix: string, delimiter: string | undefined): string | undefined {
  if (!delimiter) {
    return undefined;
  }
  const found = key.indexOf(delimiter, prefix.length);
  return found === -1 ? undefined : key.slice(0, found + delimiter.length);
}

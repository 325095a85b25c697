import { invalidValue } from './exceptions.ts';

export interface PageInput {
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | undefined;
}

/** One page of a listing, 100 items where the caller does not say; `Marker` is where the next one begins. */
export function pageOf<Item>(
  items: readonly Item[],
  { Marker, MaxItems = 100 }: PageInput,
): { readonly items: Item[]; readonly position: { readonly IsTruncated: boolean; readonly Marker?: string } } {
  if (MaxItems < 1 || MaxItems > 1000) {
    throw invalidValue('maxItems', MaxItems, 'Member must have value between 1 and 1000, both inclusive');
  }
  const start = Marker === undefined ? 0 : Number(Buffer.from(Marker, 'base64url').toString());
  if (!Number.isInteger(start) || start < 0)
    throw invalidValue('marker', Marker, 'Member is not a marker of a listing');
  const end = start + MaxItems;
  const more = end < items.length;
  return {
    items: items.slice(start, end),
    position: more
      ? { IsTruncated: true, Marker: Buffer.from(String(end)).toString('base64url') }
      : { IsTruncated: false },
  };
}

import { invalidParameter } from './exceptions.ts';

/** One page of a listing: its `Marker` is where the page begins, in the order the items were made. */
export function pageOf<Item>(
  items: readonly Item[],
  { Marker, MaxItems = 50 }: { Marker?: string | undefined; MaxItems?: number | undefined },
): { items: Item[]; NextMarker: string | undefined } {
  const start = Marker === undefined ? 0 : Number(Buffer.from(Marker, 'base64').toString());
  if (!Number.isInteger(start) || start < 0) throw invalidParameter('The Marker is not valid.');
  const end = start + MaxItems;
  return {
    items: items.slice(start, end),
    NextMarker: end < items.length ? Buffer.from(String(end)).toString('base64') : undefined,
  };
}

import type { Item } from './item.ts';
import { itemSize } from './item-size.ts';

/**
 * Request units that were consumed since the start, as tables on demand are billed for them ("DynamoDB read and write
 * operations"): a write of up to 1 KB is a unit, a consistent read of up to 4 KB is one and another is half of one, and in
 * transactions everything is twice that.
 */
export class ConsumedCapacity {
  readUnits = 0;
  writeUnits = 0;
}

/** A stored item never changes: what is written takes its place. */
const sizes = new WeakMap<Item, number>();

/** The size of a stored item, in bytes. */
export function sizeOf(item: Item): number {
  const known = sizes.get(item);
  if (known !== undefined) {
    return known;
  }
  const size = itemSize(item);
  sizes.set(item, size);
  return size;
}

const writeUnitBytes = 1024;

/** What it takes to write an item, by the larger of what it was and what it is; at least one unit. */
export function writeUnitsOf(before: Item | undefined, after: Item | undefined): number {
  const bytes = Math.max(before ? sizeOf(before) : 0, after ? sizeOf(after) : 0);
  return Math.max(1, Math.ceil(bytes / writeUnitBytes));
}

/** The read units of an answer: that of one table, or of several. What finds nothing is a read, too. */
export function readUnitsOf(answer: { readonly ConsumedCapacity?: unknown }, isConsistent: boolean): number {
  const tables = [answer.ConsumedCapacity ?? []].flat() as { readonly CapacityUnits: number }[];
  const least = isConsistent ? 1 : 0.5;
  return tables.reduce((sum, { CapacityUnits }) => sum + Math.max(least, CapacityUnits), 0);
}

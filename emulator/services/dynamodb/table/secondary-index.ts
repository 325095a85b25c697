import { sizeOf, writeUnitsOf } from '../item/capacity.ts';
import type { Attribute, IndexSchema, Item, ItemSchema } from '../item/item.ts';
import { createIndexKey, createKey } from '../item/item-key.ts';
import { OrderedMap, type Range } from './ordered-map.ts';

/**
 * What a secondary index holds: of each item that has the index's key attributes, the attributes that are projected.
 * dynalite orders an index by the index's key and six digits of a hash of the table's. Of some thousand items with one
 * index key two share those digits, so an entry is kept under both keys in full.
 */
export class SecondaryIndex {
  readonly schema: IndexSchema;
  readonly #entries = new OrderedMap<Item>();
  /** The keys of the entries, by the keys of their items in the table. */
  readonly #keys = new Map<string, string>();

  constructor(schema: IndexSchema) {
    this.schema = schema;
  }

  get itemCount(): number {
    return this.#entries.size;
  }

  get sizeBytes(): number {
    return sizeOfAll(this.#entries.values());
  }

  /**
   * Takes note that an item of the table is another than before; undefined where there is none. Returns the write units that it
   * takes: none where nothing changes that is projected, and twice those of a write where the index's key changes ("Using
   * Global Secondary Indexes in DynamoDB", write capacity units).
   * @param itemKey the item's key in the table
   */
  change(table: ItemSchema, itemKey: string, before: Item | undefined, after: Item | undefined): number {
    const oldKey = this.#keys.get(itemKey);
    const newKey = this.#isKeyUnchanged(before, after) ? oldKey : this.#keyOf(table, itemKey, after);
    const oldEntry = oldKey === undefined ? undefined : this.#entries.get(oldKey);
    const newEntry = after !== undefined && newKey !== undefined ? this.#project(table, after) : undefined;
    if (oldKey !== undefined && oldKey !== newKey) {
      this.#entries.delete(oldKey);
      this.#keys.delete(itemKey);
    }
    if (newKey !== undefined && newEntry) {
      this.#entries.set(newKey, newEntry);
      this.#keys.set(itemKey, newKey);
    }
    if (oldEntry && newEntry && oldKey !== newKey) {
      return writeUnitsOf(oldEntry, undefined) + writeUnitsOf(undefined, newEntry);
    }
    return areSame(oldEntry, newEntry) ? 0 : writeUnitsOf(oldEntry, newEntry);
  }

  /**
   * The entries of a range, which dynalite gives without the table's key.
   * @param start Where the page before ended; one bound of the range is the key of this entry.
   */
  range(table: ItemSchema, range: Range, start: Item | undefined): Generator<Item> {
    if (!start) {
      return this.#entries.range(range);
    }
    const suffix = createKey(start, table);
    const { gt, lt } = range;
    return this.#entries.range(
      range.reverse ? { ...range, lt: lt && lt + suffix } : { ...range, gt: gt && gt + suffix },
    );
  }

  #isKeyUnchanged(before: Item | undefined, after: Item | undefined): boolean {
    return (
      before !== undefined &&
      after !== undefined &&
      this.schema.KeySchema.every(({ AttributeName = '' }) => isSame(before[AttributeName], after[AttributeName]))
    );
  }

  #keyOf(table: ItemSchema, itemKey: string, item: Item | undefined): string | undefined {
    const { KeySchema } = this.schema;
    // An item of before the index may have something in its place that cannot be a key of it.
    if (!item || !KeySchema.every(({ AttributeName = '' }) => isKeyValue(item[AttributeName], AttributeName, table))) {
      return undefined;
    }
    return createIndexKey(item, table, KeySchema) + itemKey;
  }

  #project(table: ItemSchema, item: Item): Item {
    const { ProjectionType, NonKeyAttributes = [] } = this.schema.Projection;
    if (ProjectionType === 'ALL') {
      return item;
    }
    const keys = [...this.schema.KeySchema, ...table.KeySchema].map(({ AttributeName = '' }) => AttributeName);
    const projected = new Set([...keys, ...NonKeyAttributes]);
    return Object.fromEntries(Object.entries(item).filter(([name]) => projected.has(name)));
  }
}

/** By what they say: dynalite makes some objects without a prototype. */
function areSame(one: Item = {}, other: Item = {}): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => isSame(one[name], other[name]));
}

function isSame(one: Attribute | undefined, other: Attribute | undefined): boolean {
  const { S, N } = one ?? {};
  if (S !== undefined || N !== undefined) {
    return S === other?.['S'] && N === other?.['N'];
  }
  return JSON.stringify(one) === JSON.stringify(other);
}

function isKeyValue(attribute: Attribute | undefined, name: string, { AttributeDefinitions }: ItemSchema): boolean {
  const type = AttributeDefinitions.find(({ AttributeName }) => AttributeName === name)?.AttributeType ?? '';
  return attribute?.[type] !== undefined && attribute[type] !== '';
}

/** In bytes. */
export function sizeOfAll(items: Iterable<Item>): number {
  let bytes = 0;
  for (const item of items) {
    bytes += sizeOf(item);
  }
  return bytes;
}

import { hash } from 'node:crypto';
import dynalite, { createIndexKey as dynaliteIndexKey, createKey as dynaliteKey } from 'dynalite/db/index.js';
import type { Item, ItemSchema } from './item.ts';

/**
 * The texts by which a table and its indexes find and order an item. They are dynalite's, whose queries make the bounds of a
 * range from them. For keys of text, which most are, they are made here, with one call of the hash function.
 */

/** A partition key's hash, the partition key, and the sort key. */
export function createKey(item: Item, table: ItemSchema, keySchema = table.KeySchema): string {
  const values = textsOf(item, table, keySchema);
  if (!values) {
    return dynaliteKey(item, table, keySchema);
  }
  let key = `${hashPrefix(values[0] ?? '')}/`;
  for (const value of values) {
    key += `${Buffer.from(value).toString('hex')}/`;
  }
  return key;
}

/** An index's key, and a hash of the table's: two items may share one. */
export function createIndexKey(item: Item, table: ItemSchema, keySchema: ItemSchema['KeySchema']): string {
  const tableKey = textsOf(item, table, table.KeySchema);
  return tableKey
    ? createKey(item, table, keySchema) + hashPrefix(tableKey.join(''))
    : dynaliteIndexKey(item, table, keySchema);
}

/** dynalite looks it up here each time. */
dynalite.createKey = createKey;

const hashPrefix = (text: string): string => hash('md5', `Outliers${text}`).slice(0, 6);

/** The key's attributes; undefined where one of them is defined as another type than text. */
function textsOf(item: Item, table: ItemSchema, keySchema: ItemSchema['KeySchema']): string[] | undefined {
  const texts: string[] = [];
  for (const { AttributeName = '' } of keySchema) {
    const text = item[AttributeName]?.['S'];
    if (typeof text !== 'string' || !isText(AttributeName, table)) {
      return undefined;
    }
    // A half of a surrogate pair has no bytes of its own, nor those of a pair with its neighbour.
    texts.push(text.toWellFormed());
  }
  return texts;
}

function isText(name: string, { AttributeDefinitions }: ItemSchema): boolean {
  for (const { AttributeName, AttributeType } of AttributeDefinitions) {
    if (AttributeName === name) {
      return AttributeType === 'S';
    }
  }
  return false;
}

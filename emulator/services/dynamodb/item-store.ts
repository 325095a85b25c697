import { Stream } from 'node:stream';
import dynalite from 'dynalite/db/index.js';
import { ItemError } from './errors.ts';
import { type Item, type ItemSchema, maxItemBytes } from './item/item.ts';
import { itemSize } from './item/item-size.ts';
import { assertKeySize } from './item/key-values.ts';
import { assertItemNesting } from './item/nesting.ts';
import type { WriteUnits } from './item/write-units.ts';
import type { Range } from './table/ordered-map.ts';
import type { Table } from './table/table.ts';
import type { Tables } from './table/tables.ts';

/** An index follows the items of its table by itself: dynalite need not work out what a write changes in it. */
dynalite.updateIndexes = (_store, _table, _before, _after, done) => done();

type Done<Value = undefined> = (error: Error | null, value?: Value) => void;

/**
 * What dynalite's operations on items take for their database. dynalite brings a level database of its own, with a lock
 * an item; here every call is answered before it returns. So each write is done in one go, nothing comes between the
 * condition of a write and the write, and no lock is needed.
 */
export class ItemStore {
  readonly options = { maxItemSize: maxItemBytes };
  readonly #tables: Tables;
  /** Where the page before ended, in a call that reads pages. */
  readonly #start: Item | undefined;
  /** What the writes take, where the answer is to tell it. */
  readonly units: WriteUnits | undefined;

  constructor(tables: Tables, start?: Item, units?: WriteUnits) {
    this.#tables = tables;
    this.#start = start;
    this.units = units;
  }

  getTable(name: string, done: Done<ItemSchema>): void {
    const table = this.#tables.find(name);
    if (table) {
      done(null, table.schema);
    } else {
      done(new ItemError('ResourceNotFoundException', { message: 'Requested resource not found' }));
    }
  }

  getItemDb(name: string) {
    const table = this.#tables.get(name);
    return {
      lock: unlocked,
      get: (key: string, done: Done<Item>): void => done(null, table.items.get(key)),
      put: (key: string, item: Item, done: Done): void => {
        const error = unfit(table, item);
        if (!error) {
          this.#count(table, table.put(key, item, this.units?.of(table)));
        }
        done(error);
      },
      del: (key: string, done: Done): void => {
        this.#count(table, table.delete(key, this.units?.of(table)));
        done(null);
      },
      createValueStream: (range: Range) => new ItemStream(() => table.items.range(range)),
    };
  }

  #count({ undoLog }: Table, units: number): void {
    this.#tables.consumed.writeUnits += undoLog ? 2 * units : units;
  }

  getIndexDb(_type: string, name: string, indexName: string) {
    const table = this.#tables.get(name);
    return {
      createValueStream: (range: Range) =>
        new ItemStream(() => table.index(indexName)?.range(table.schema, range, this.#start) ?? []),
    };
  }
}

/** Calls its holder at once; the release hands the callback through. */
const unlocked = (_key: string, hold: (release: <T>(done: T) => T) => void): void => hold((done) => done);

/** As little of a stream as dynalite uses. The items are read in one go, as soon as dynalite listens. */
class ItemStream extends Stream {
  #wanted = true;

  constructor(items: () => Iterable<Item>) {
    super();
    queueMicrotask(() => this.#read(items));
  }

  destroy(): void {
    this.#wanted = false;
  }

  #read(items: () => Iterable<Item>): void {
    try {
      for (const item of items()) {
        if (!this.#wanted) {
          return;
        }
        this.emit('data', item);
      }
      this.emit('end');
    } catch (error) {
      this.emit('error', error);
    }
  }
}

/**
 * What keeps an item out of a table, also one that an update has made: it may nest what is there already into what is there already.
 */
function unfit({ schema }: Table, item: Item): ItemError | null {
  try {
    assertItemNesting(item);
    if (itemSize(item) > maxItemBytes) {
      throw new ItemError('ValidationException', { message: 'Item size has exceeded the maximum allowed size' });
    }
    assertIndexKeys(schema, item);
    return null;
  } catch (error) {
    if (error instanceof ItemError) {
      return error;
    }
    throw error;
  }
}

function assertIndexKeys(schema: ItemSchema, item: Item): void {
  const indexes = [...(schema.GlobalSecondaryIndexes ?? []), ...(schema.LocalSecondaryIndexes ?? [])];
  for (const { IndexName, KeySchema } of indexes) {
    for (const { AttributeName = '', KeyType } of KeySchema) {
      const value = item[AttributeName];
      const { S, B } = value ?? {};
      if (S === '' || B === '') {
        const message = `One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty ${S === '' ? 'string' : 'binary'} value. IndexName: ${IndexName}, IndexKey: ${AttributeName}`;
        throw new ItemError('ValidationException', { message });
      }
      if (value) {
        assertKeySize(value, KeyType === 'HASH');
      }
    }
  }
}

import { randomUUID } from 'node:crypto';
import type { CreateTableCommandInput, ProvisionedThroughput } from '@aws-sdk/client-dynamodb';
import { clipped, type RegionActivity } from '../../../wire/activity/activity.ts';
import { longestKey } from '../../../wire/activity/event.ts';
import { noTags } from '../../../wire/tags.ts';
import { writeUnitsOf } from '../item/capacity.ts';
import type { IndexSchema, Item, ItemSchema } from '../item/item.ts';
import type { UnitsOfTable } from '../item/write-units.ts';
import type { TableStream } from '../stream/table-stream.ts';
import { OrderedMap } from './ordered-map.ts';
import { SecondaryIndex } from './secondary-index.ts';
import type { UndoLog } from './undo-log.ts';

/** What a table is beside its keys and items, as CreateTable and UpdateTable set it. */
export type TableSettings = Pick<
  CreateTableCommandInput,
  | 'BillingMode'
  | 'DeletionProtectionEnabled'
  | 'OnDemandThroughput'
  | 'ProvisionedThroughput'
  | 'SSESpecification'
  | 'TableClass'
>;

/** A table with its items, its indexes and all that is set of it. It is ready from its first moment. */
export class Table {
  readonly id = randomUUID();
  readonly created = new Date();
  readonly name: string;
  readonly arn: string;
  readonly items = new OrderedMap<Item>();
  tags = noTags;
  /** Of global indexes on provisioned capacity, by their names. */
  readonly indexThroughput = new Map<string, ProvisionedThroughput>();
  settings: TableSettings;
  /** When the table was last switched to be billed by the request. */
  onDemandSince: Date | undefined;
  /** The attribute with the second of the epoch at which an item expires, where that is switched on. */
  expiryAttribute: string | undefined;
  /** Since when the table could be restored, and how far back, where that is switched on. No backup is made. */
  recovery: { readonly since: Date; readonly days: number } | undefined;
  /** Where changes are recorded, while that is switched on. */
  stream: TableStream | undefined;
  /** Where a transaction that is under way notes what it changes. */
  undoLog: UndoLog | undefined;
  readonly #activity: RegionActivity | undefined;
  #schema: ItemSchema;
  readonly #indexes = new Map<string, SecondaryIndex>();

  constructor(schema: ItemSchema, arn: string, settings: TableSettings, activity?: RegionActivity) {
    this.name = schema.TableName;
    this.arn = arn;
    this.settings = settings;
    if (settings.BillingMode === 'PAY_PER_REQUEST') {
      this.onDemandSince = this.created;
    }
    this.#activity = activity;
    this.#schema = schema;
    for (const index of [...(schema.GlobalSecondaryIndexes ?? []), ...(schema.LocalSecondaryIndexes ?? [])]) {
      this.#indexes.set(index.IndexName, new SecondaryIndex(index));
    }
  }

  get schema(): ItemSchema {
    return this.#schema;
  }

  index(name: string): SecondaryIndex | undefined {
    return this.#indexes.get(name);
  }

  /** Returns the write units that it takes, those of the indexes included, and adds them to `units` one by one. */
  put(key: string, item: Item, units?: UnitsOfTable): number {
    return this.#change(key, item, false, units);
  }

  /** Returns the write units that it takes, whether there is an item or not, and adds them to `units` one by one. */
  delete(key: string, units?: UnitsOfTable): number {
    return this.#change(key, undefined, false, units);
  }

  /** Deletes what time to live has found to be over. */
  expire(key: string): void {
    this.#change(key, undefined, true);
  }

  #change(key: string, after: Item | undefined, expired = false, told?: UnitsOfTable): number {
    const before = this.items.get(key);
    this.undoLog?.note(this, key, before);
    let units = writeUnitsOf(before, after);
    told?.addOfTable(units);
    for (const index of this.#indexes.values()) {
      const ofIndex = index.change(this.#schema, key, before, after);
      units += ofIndex;
      told?.addOfIndex(index.schema.IndexName, ofIndex);
    }
    if (after) {
      this.items.set(key, after);
    } else {
      this.items.delete(key);
    }
    // A transaction may be taken back.
    if (!this.undoLog) {
      this.tellOf(key, before, expired);
    }
    return units;
  }

  /** Tells the table's stream, and whoever watches, that an item has changed. @param before what it was */
  tellOf(key: string, before: Item | undefined, expired = false): void {
    const after = this.items.get(key);
    this.stream?.write({ before, after, expired });
    if (!this.#activity?.isRead) {
      return;
    }
    const item = after ?? before;
    if (!item) {
      return;
    }
    const of = { table: this.name, key: readableKey(item, this.#schema), items: this.items.size };
    this.#activity.publish(
      after ? { type: 'item.written', ...of, created: before === undefined } : { type: 'item.removed', ...of },
    );
  }

  /** Makes a global index, and fills it with the items that are there. */
  addIndex(schema: IndexSchema, AttributeDefinitions: ItemSchema['AttributeDefinitions']): void {
    const GlobalSecondaryIndexes = [...(this.#schema.GlobalSecondaryIndexes ?? []), schema];
    this.#schema = { ...this.#schema, AttributeDefinitions, GlobalSecondaryIndexes };
    const index = new SecondaryIndex(schema);
    for (const [key, item] of this.items.entries()) {
      index.change(this.#schema, key, undefined, item);
    }
    this.#indexes.set(schema.IndexName, index);
  }

  /** Takes a global index away, with the definitions of attributes that were keys of it alone. */
  removeIndex(name: string): void {
    const { GlobalSecondaryIndexes = [], AttributeDefinitions, ...schema } = this.#schema;
    const left = GlobalSecondaryIndexes.filter(({ IndexName }) => IndexName !== name);
    const keys = keyNamesOf({ ...schema, GlobalSecondaryIndexes: left });
    this.#schema = {
      ...schema,
      AttributeDefinitions: AttributeDefinitions.filter(({ AttributeName = '' }) => keys.has(AttributeName)),
      ...(left.length > 0 && { GlobalSecondaryIndexes: left }),
    };
    this.#indexes.delete(name);
    this.indexThroughput.delete(name);
  }
}

/** The values of an item's key, by their attributes, as text. */
function readableKey(item: Item, { KeySchema }: ItemSchema): Record<string, string> {
  return Object.fromEntries(
    KeySchema.map(({ AttributeName = '' }) => {
      const { S, N, B } = item[AttributeName] ?? {};
      return [AttributeName, clipped(String(S ?? N ?? B), longestKey)];
    }),
  );
}

/** The attributes that are keys of a table or of one of its indexes. */
export function keyNamesOf(schema: Omit<ItemSchema, 'AttributeDefinitions'>): ReadonlySet<string> {
  const indexes = [...(schema.GlobalSecondaryIndexes ?? []), ...(schema.LocalSecondaryIndexes ?? [])];
  const keys = [...schema.KeySchema, ...indexes.flatMap(({ KeySchema }) => KeySchema)];
  return new Set(keys.map(({ AttributeName = '' }) => AttributeName));
}

import type { ItemSchema } from './item.ts';

/** The write units that a request takes of one table and of each of its indexes. */
export class UnitsOfTable {
  readonly schema: ItemSchema;
  #ofTable = 0;
  readonly #ofIndexes = new Map<string, number>();

  constructor(schema: ItemSchema) {
    this.schema = schema;
  }

  addOfTable(units: number): void {
    this.#ofTable += units;
  }

  addOfIndex(name: string, units: number): void {
    if (units > 0) {
      this.#ofIndexes.set(name, (this.#ofIndexes.get(name) ?? 0) + units);
    }
  }

  /** As a response tells it, with the indexes where that was asked for. Source: Amazon DynamoDB API Reference, "ConsumedCapacity". */
  describe(asked: unknown) {
    const { TableName, GlobalSecondaryIndexes, LocalSecondaryIndexes } = this.schema;
    const of = (indexes: ItemSchema['GlobalSecondaryIndexes'] = []) => {
      const used = indexes.flatMap(({ IndexName }) => {
        const CapacityUnits = this.#ofIndexes.get(IndexName);
        return CapacityUnits === undefined ? [] : [[IndexName, { CapacityUnits }] as const];
      });
      return used.length > 0 ? Object.fromEntries(used) : undefined;
    };
    return {
      TableName,
      CapacityUnits: [...this.#ofIndexes.values()].reduce((sum, units) => sum + units, this.#ofTable),
      ...(asked === 'INDEXES' && {
        Table: { CapacityUnits: this.#ofTable },
        GlobalSecondaryIndexes: of(GlobalSecondaryIndexes),
        LocalSecondaryIndexes: of(LocalSecondaryIndexes),
      }),
    };
  }
}

/** The write units that a request takes, by table. */
export class WriteUnits {
  readonly #tables = new Map<string, UnitsOfTable>();

  of({ schema }: { readonly schema: ItemSchema }): UnitsOfTable {
    const units = this.#tables.get(schema.TableName) ?? new UnitsOfTable(schema);
    this.#tables.set(schema.TableName, units);
    return units;
  }

  describe(asked: unknown) {
    return [...this.#tables.values()].map((table) => table.describe(asked));
  }
}

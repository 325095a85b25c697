import { tellOfResource } from '../../../wire/activity/activity.ts';
import type { Region } from '../../../wire/operation.ts';
import { resourceInUse, tableNotFound } from '../errors.ts';
import { ConsumedCapacity } from '../item/capacity.ts';
import { Streams } from '../stream/streams.ts';
import { tableNameOf } from '../table-name.ts';
import type { Table } from './table.ts';

/** The tables of a region. */
export class Tables {
  readonly region: Region;
  readonly consumed = new ConsumedCapacity();
  readonly streams: Streams;
  readonly #tables = new Map<string, Table>();

  constructor(region: Region) {
    this.region = region;
    this.streams = new Streams(region.name);
  }

  find(nameOrArn: string): Table | undefined {
    return this.#tables.get(tableNameOf(nameOrArn));
  }

  /** @throws ResourceNotFoundException */
  get(nameOrArn = ''): Table {
    const table = this.find(nameOrArn);
    if (!table) {
      throw tableNotFound(tableNameOf(nameOrArn));
    }
    return table;
  }

  /** @throws ResourceInUseException */
  add(table: Table): void {
    if (this.#tables.has(table.name)) {
      throw resourceInUse(`Table already exists: ${table.name}`);
    }
    this.#tables.set(table.name, table);
    tellOfResource(this.region.activity, 'resource.created', 'table', table.name);
  }

  remove(table: Table): void {
    const { name } = table;
    this.streams.end(table);
    this.#tables.delete(name);
    tellOfResource(this.region.activity, 'resource.deleted', 'table', name);
  }

  all(): Table[] {
    return [...this.#tables.values()];
  }

  clear(): void {
    this.#tables.clear();
    this.streams.clear();
  }
}

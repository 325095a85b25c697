import type { Item } from '../item/item.ts';
import type { Table } from './table.ts';

/** What a transaction has changed, so that it can be taken back. */
export class UndoLog {
  readonly #changes: { readonly table: Table; readonly key: string; readonly before: Item | undefined }[] = [];

  note(table: Table, key: string, before: Item | undefined): void {
    this.#changes.push({ table, key, before });
  }

  undo(): void {
    for (const { table, key, before } of this.#changes.splice(0).reverse()) {
      if (before) {
        table.put(key, before);
      } else {
        table.delete(key);
      }
    }
  }
}

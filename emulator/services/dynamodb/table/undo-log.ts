import type { Item } from '../item/item.ts';

/** A table's items, as far as a change of them is taken back. */
interface Items {
  tellOf(key: string, before: Item | undefined): void;
  put(key: string, item: Item): void;
  delete(key: string): void;
}

/** What a transaction has changed, so that it can be taken back. */
export class UndoLog {
  readonly #changes: { readonly table: Items; readonly key: string; readonly before: Item | undefined }[] = [];

  note(table: Items, key: string, before: Item | undefined): void {
    this.#changes.push({ table, key, before });
  }

  /** Tells of the changes, which stay. */
  tell(): void {
    for (const { table, key, before } of this.#changes) {
      table.tellOf(key, before);
    }
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

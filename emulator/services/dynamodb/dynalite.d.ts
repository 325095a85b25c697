/** What is used of dynalite 4, which brings no types of its own. */

declare module 'dynalite/db/index.js' {
  type Item = import('./item/item.ts').Item;
  type ItemSchema = import('./item/item.ts').ItemSchema;
  type KeySchema = ItemSchema['KeySchema'];

  interface DynaliteError extends Error {
    /** Set where the error is an answer to the caller. */
    readonly statusCode?: number;
    readonly body?: Readonly<Record<string, unknown>>;
  }
  /** What keeps an item out of a table, such as a missing key; nullish where nothing does. */
  export function validateItem(item: Item, table: ItemSchema): DynaliteError | null | undefined;
  export function validateKey(key: Item, table: ItemSchema): DynaliteError | null | undefined;
  /** The text by which a table finds and orders an item: a hash, its partition key, its sort key. */
  export function createKey(item: Item, table: ItemSchema, keySchema?: KeySchema): string;
  /** The text by which an index orders an item. Two items may share one. */
  export function createIndexKey(item: Item, table: ItemSchema, keySchema: KeySchema): string;
  /** Holds the condition of a validated request against an item: a ConditionalCheckFailedException, or nullish. */
  export function checkConditional(request: object, item: Item | undefined): DynaliteError | null | undefined;
  /** Whether what a comparison by its name says holds for an attribute, missing where it is nullish, and its operands. */
  export function compare(
    comparison: string,
    value: Item[string] | null | undefined,
    operands: readonly (Item[string] | null | undefined)[],
  ): boolean;
  /** What dynalite's operations look up here each time. */
  const database: {
    createKey: typeof createKey;
    updateIndexes(store: object, table: ItemSchema, before: Item | undefined, after: Item, done: () => void): void;
  };
  export default database;
}

declare module 'dynalite/validations/index.js' {
  /** A request without the members that its operation does not know. Takes its input apart: hand in one's own. */
  export function checkTypes(request: object, types: unknown): Record<string, unknown>;
  /** Also parses the request's expressions, into members of it whose names begin with `_`. */
  export function checkValidations(request: object, types: unknown, custom: unknown, store: object): void;
}

declare module 'dynalite/validations/*' {
  export const types: object;
  export const custom: ((request: never, store: never) => string | undefined) | undefined;
}

declare module 'dynalite/actions/*' {
  type Answer = Record<string, unknown>;
  const action: (store: object, request: object, done: (error: unknown, answer?: Answer) => void) => void;
  export default action;
}

declare module 'dynalite/db/*Parser.js' {
  /** What dynalite's validations parse expressions with; they look it up here each time. */
  const parser: { parse: unknown };
  export default parser;
}

/** Where to begin and to end in an {@link OrderedMap}, as a level database says it. */
export interface Range {
  readonly gt?: string | undefined;
  readonly gte?: string | undefined;
  readonly lt?: string | undefined;
  readonly lte?: string | undefined;
  readonly reverse?: boolean | undefined;
  /** How many at the most; a negative number for all. */
  readonly limit?: number | undefined;
}

/**
 * A map that can be read in the order of its keys. The keys are an array kept sorted: to put in a new one moves those
 * behind it, which for the tables of a workshop (100,000 items) is cheaper than a tree.
 */
export class OrderedMap<Value> {
  readonly #values = new Map<string, Value>();
  readonly #keys: string[] = [];

  get size(): number {
    return this.#values.size;
  }

  get(key: string): Value | undefined {
    return this.#values.get(key);
  }

  set(key: string, value: Value): void {
    if (!this.#values.has(key)) {
      this.#keys.splice(this.#countBelow(key), 0, key);
    }
    this.#values.set(key, value);
  }

  delete(key: string): void {
    if (this.#values.delete(key)) {
      this.#keys.splice(this.#countBelow(key), 1);
    }
  }

  entries(): IterableIterator<[string, Value]> {
    return this.#values.entries();
  }

  values(): IterableIterator<Value> {
    return this.#values.values();
  }

  /** The values of a range, by their keys. The map must not change before the last is taken. */
  *range({ gt, gte, lt, lte, reverse = false, limit = -1 }: Range): Generator<Value> {
    const from = Math.max(gt === undefined ? 0 : this.#countUpTo(gt), gte === undefined ? 0 : this.#countBelow(gte));
    const all = this.#keys.length;
    const to = Math.min(lt === undefined ? all : this.#countBelow(lt), lte === undefined ? all : this.#countUpTo(lte));
    const count = limit < 0 ? to - from : Math.min(limit, to - from);
    for (let i = 0; i < count; i++) {
      const value = this.#values.get(this.#keys[reverse ? to - 1 - i : from + i] ?? '');
      if (value !== undefined) {
        yield value;
      }
    }
  }

  #countUpTo(key: string): number {
    return this.#countBelow(key) + (this.#values.has(key) ? 1 : 0);
  }

  #countBelow(key: string): number {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#keys[middle] ?? '') < key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

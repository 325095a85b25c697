interface Entry<T> {
  readonly item: T;
  readonly key: number;
  /** Items of the same key leave in the order in which they came. */
  readonly order: number;
  index: number;
}

/**
 * Items by a numeric key, the smallest first. Unlike a plain heap, any item can be taken out again:
 * push, pop and remove are O(log n), so that a deleted message leaves nothing behind in a queue's schedules.
 */
export class PriorityQueue<T> {
  readonly #heap: Entry<T>[] = [];
  readonly #entries = new Map<T, Entry<T>>();
  #order = 0;

  get size(): number {
    return this.#heap.length;
  }

  get first(): T | undefined {
    return this.#heap[0]?.item;
  }

  /** The key of the first item; `Infinity` where there is none. */
  get firstKey(): number {
    return this.#heap[0]?.key ?? Number.POSITIVE_INFINITY;
  }

  has(item: T): boolean {
    return this.#entries.has(item);
  }

  /** Adds an item, or moves one that is there already to its new key. */
  push(item: T, key: number): void {
    this.remove(item);
    const entry = { item, key, order: this.#order++, index: this.#heap.length };
    this.#heap.push(entry);
    this.#entries.set(item, entry);
    this.#rise(entry);
  }

  pop(): T | undefined {
    const item = this.#heap[0]?.item;
    if (item !== undefined) {
      this.remove(item);
    }
    return item;
  }

  remove(item: T): boolean {
    const entry = this.#entries.get(item);
    if (!entry) {
      return false;
    }
    this.#entries.delete(item);
    const last = this.#heap.pop();
    if (last && last !== entry) {
      this.#place(last, entry.index);
      this.#rise(last);
      this.#sink(last);
    }
    return true;
  }

  clear(): void {
    this.#heap.length = 0;
    this.#entries.clear();
  }

  #rise(entry: Entry<T>): void {
    for (;;) {
      const parent = this.#heap[(entry.index - 1) >> 1];
      if (!parent || !before(entry, parent)) {
        return;
      }
      this.#swap(entry, parent);
    }
  }

  #sink(entry: Entry<T>): void {
    for (;;) {
      const left = this.#heap[2 * entry.index + 1];
      const right = this.#heap[2 * entry.index + 2];
      const child = right && left && before(right, left) ? right : left;
      if (!child || !before(child, entry)) {
        return;
      }
      this.#swap(entry, child);
    }
  }

  #swap(a: Entry<T>, b: Entry<T>): void {
    const index = a.index;
    this.#place(a, b.index);
    this.#place(b, index);
  }

  #place(entry: Entry<T>, index: number): void {
    entry.index = index;
    this.#heap[index] = entry;
  }
}

function before<T>(a: Entry<T>, b: Entry<T>): boolean {
  return a.key === b.key ? a.order < b.order : a.key < b.key;
}

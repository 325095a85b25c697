/** A map that holds the latest entries only: what is worked out again and again is kept, and input cannot fill the memory. */
export class BoundedMap<Value> {
  readonly #limit: number;
  readonly #entries = new Map<string, Value>();

  /** @param limit how many entries there are at the most */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: string): Value | undefined {
    return this.#entries.get(key);
  }

  /** Lets go of the entry that was put in first, where there are as many as there may be. */
  set(key: string, value: Value): void {
    if (this.#entries.size >= this.#limit) {
      for (const first of this.#entries.keys()) {
        this.#entries.delete(first);
        break;
      }
    }
    this.#entries.set(key, value);
  }
}

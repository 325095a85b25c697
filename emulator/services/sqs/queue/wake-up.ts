/** One timer for all that time does to a queue. One that rings too early finds nothing due; so it is moved only when it is too late. */
export class WakeUp {
  readonly #wake: () => void;
  #timer: NodeJS.Timeout | undefined;
  #at = Number.POSITIVE_INFINITY;

  constructor(wake: () => void) {
    this.#wake = wake;
  }

  /** Rings at a time in epoch milliseconds, or before. */
  setBy(next: number): void {
    if (next >= this.#at) {
      return;
    }
    clearTimeout(this.#timer);
    this.#at = next;
    this.#timer = setTimeout(
      () => {
        this.#at = Number.POSITIVE_INFINITY;
        this.#wake();
      },
      Math.max(next - Date.now(), 1),
    ).unref();
  }

  /** Rings no more. */
  close(): void {
    clearTimeout(this.#timer);
    this.#at = Number.NEGATIVE_INFINITY;
  }
}

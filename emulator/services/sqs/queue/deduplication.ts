/** How long a FIFO queue remembers what was sent, in milliseconds. Source: "Using the message deduplication ID in Amazon SQS". */
const intervalMs = 5 * 60 * 1000;

/** Where a message stands in its queue: what the sender of a duplicate gets. */
export interface Accepted {
  readonly messageId: string;
  readonly sequence: number;
}

/** What a FIFO queue was sent in the last five minutes, so that the same is accepted again but not delivered again. */
export class DeduplicationWindow {
  readonly #sent = new Map<string, Accepted & { readonly at: number }>();
  #sweptAt = 0;

  /** What was accepted before under this key, if the interval has not passed since. */
  find(key: string): Accepted | undefined {
    const sent = this.#sent.get(key);
    return sent && Date.now() - sent.at < intervalMs ? sent : undefined;
  }

  remember(key: string, accepted: Accepted): void {
    const at = Date.now();
    this.#sweep(at);
    this.#sent.set(key, { ...accepted, at });
  }

  /** Forgets everything, as PurgeQueue does (verified on AWS). */
  clear(): void {
    this.#sent.clear();
  }

  /** Forgets what is past, once an interval: the cost of a send stays constant. */
  #sweep(now: number): void {
    if (now - this.#sweptAt < intervalMs) {
      return;
    }
    this.#sweptAt = now;
    for (const [key, { at }] of this.#sent) {
      if (now - at >= intervalMs) {
        this.#sent.delete(key);
      }
    }
  }
}

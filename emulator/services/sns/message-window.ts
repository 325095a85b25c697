/** How long a FIFO topic remembers what was published, in milliseconds ("Message deduplication for FIFO topics"). */
const intervalMs = 5 * 60 * 1000;

/** What became of a message that was published. */
export interface Published {
  readonly MessageId: string;
  readonly SequenceNumber: string;
}

/** What a FIFO topic was sent in the last five minutes: the same is accepted again, and not delivered again. */
export class MessageWindow {
  #sequence = 0n;
  /** The oldest first. */
  readonly #published = new Map<string, Published & { readonly at: number }>();

  /** Twenty digits, larger than those before. */
  nextSequenceNumber(): string {
    this.#sequence += 1n;
    return `1${String(this.#sequence).padStart(16, '0')}000`;
  }

  find(key: string): Published | undefined {
    for (const [old, { at }] of this.#published) {
      if (Date.now() - at < intervalMs) {
        break;
      }
      this.#published.delete(old);
    }
    return this.#published.get(key);
  }

  remember(key: string, published: Published): void {
    this.#published.set(key, { ...published, at: Date.now() });
  }
}

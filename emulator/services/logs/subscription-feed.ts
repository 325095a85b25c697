import type { LogEvent } from './event-sequence.ts';
import { weight } from './log-group.ts';

/** How long events are gathered before they go out together, in milliseconds. AWS says only that it may batch them. */
const gatherMs = 500;
/** Messages that go out in one invocation, in bytes: zipped and in base64 they fit an asynchronous invocation's 1 MB. */
const batchBytes = 512 * 1024;

/**
 * The events of one log stream on their way to one subscriber: gathered for a moment, or until they fill a batch, so that
 * a busy function does not cost an invocation for every line. One batch goes after the other, in the order of the events.
 */
export class SubscriptionFeed {
  readonly #send: (batch: readonly LogEvent[]) => Promise<void>;
  readonly #emptied: () => void;
  #gathered: LogEvent[] = [];
  #bytes = 0;
  #timer: NodeJS.Timeout | undefined;
  #sending = Promise.resolve();
  #batchesLeft = 0;

  /**
   * @param send delivers a batch, or gives it up; it does not reject
   * @param emptied is called when nothing is left, neither gathered nor underway
   */
  constructor(send: (batch: readonly LogEvent[]) => Promise<void>, emptied: () => void) {
    this.#send = send;
    this.#emptied = emptied;
  }

  add(events: readonly LogEvent[]): void {
    for (const event of events) {
      if (this.#bytes + weight(event) > batchBytes) {
        this.#flush();
      }
      this.#gathered.push(event);
      this.#bytes += weight(event);
    }
    this.#timer ??= setTimeout(() => this.#flush(), gatherMs).unref();
  }

  /** Sends what is gathered now. Resolves when all of it is sent. */
  drain(): Promise<void> {
    this.#flush();
    return this.#sending;
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const batch = this.#gathered;
    if (batch.length === 0) {
      return;
    }
    this.#gathered = [];
    this.#bytes = 0;
    this.#batchesLeft++;
    this.#sending = this.#sending.then(async () => {
      await this.#send(batch);
      this.#batchesLeft--;
      if (this.#batchesLeft === 0 && this.#gathered.length === 0) {
        this.#emptied();
      }
    });
  }
}

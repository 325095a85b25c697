import type { Delivery, QueuedMessage } from './message.ts';

/** How long a receive can be repeated, in milliseconds. */
const intervalMs = 5 * 60 * 1000;

interface Attempt {
  readonly at: number;
  readonly deliveries: readonly Delivery[];
}

/**
 * The receives of a FIFO queue by their `ReceiveRequestAttemptId`: a consumer that lost an answer repeats its request and is given
 * the same messages and receipt handles again. Source: "Using the Amazon SQS ReceiveRequestAttemptId request parameter".
 */
export class ReceiveAttempts {
  readonly #attempts = new Map<string, Attempt>();

  /** What the attempt was given before, as long as it still holds all of it. */
  repeat(id: string, find: (messageId: string) => QueuedMessage | undefined): readonly Delivery[] | undefined {
    const attempt = this.#attempts.get(id);
    if (!attempt || Date.now() - attempt.at >= intervalMs) {
      return undefined;
    }
    const held = attempt.deliveries.every(({ message, receipt }) => {
      const queued = find(message.id);
      return queued?.state === 'inFlight' && queued.receipt === receipt;
    });
    return held ? attempt.deliveries : undefined;
  }

  remember(id: string, deliveries: readonly Delivery[]): void {
    const now = Date.now();
    for (const [known, { at }] of this.#attempts) {
      if (now - at < intervalMs) {
        break;
      }
      this.#attempts.delete(known);
    }
    // Deleted first, so that the attempts stay in the order of their age.
    this.#attempts.delete(id);
    if (deliveries.length > 0) {
      this.#attempts.set(id, { at: now, deliveries });
    }
  }
}

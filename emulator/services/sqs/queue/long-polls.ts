import type { Delivery } from './message.ts';

/** What a ReceiveMessage call asks of a queue. */
export interface ReceiveRequest {
  /** 1 to 10 messages. */
  readonly limit: number;
  /** How long the messages are hidden from other consumers, in seconds; else as the queue says when they are handed out. */
  readonly visibilityTimeout: number | undefined;
}

interface Poll {
  readonly request: ReceiveRequest;
  readonly end: (deliveries: readonly Delivery[]) => void;
}

/** The consumers that wait at a queue: who came first is served first. */
export class LongPolls {
  readonly #polls = new Set<Poll>();

  /** Waits for messages, for a time in seconds or until the consumer goes away; then there are none. */
  wait(request: ReceiveRequest, seconds: number, signal: AbortSignal): Promise<readonly Delivery[]> {
    return new Promise((resolve) => {
      const end = (deliveries: readonly Delivery[]) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', abandon);
        this.#polls.delete(poll);
        resolve(deliveries);
      };
      const abandon = () => end([]);
      const poll = { request, end };
      const timer = setTimeout(abandon, seconds * 1000);
      signal.addEventListener('abort', abandon, { once: true });
      this.#polls.add(poll);
    });
  }

  /** Serves those who wait with what `take` finds, until it finds nothing. */
  serve(take: (request: ReceiveRequest) => readonly Delivery[]): void {
    for (const { request, end } of this.#polls) {
      const deliveries = take(request);
      if (deliveries.length === 0) {
        return;
      }
      end(deliveries);
    }
  }

  /** Sends everybody away empty-handed. */
  end(): void {
    for (const { end } of this.#polls) {
      end([]);
    }
  }
}

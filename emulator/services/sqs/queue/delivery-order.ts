import type { QueuedMessage } from './message.ts';
import { PriorityQueue } from './priority-queue.ts';

/** Decides which of a queue's messages can be received, and in which order. The queue tells it of every change. */
export interface DeliveryOrder {
  /** A message came into the queue; it may be delayed still. */
  arrived(message: QueuedMessage): void;
  /** A message became visible: at its arrival, or when its delay or its visibility timeout ended. */
  becameVisible(message: QueuedMessage): void;
  /** A message left the queue for good. */
  left(message: QueuedMessage): void;
  /** Hands out up to `limit` messages, leaving out those that are not accepted. The queue puts what it got in flight. */
  take(limit: number, accept: (message: QueuedMessage) => boolean): QueuedMessage[];
}

/**
 * A standard queue's order: first come, first served, where a message that became visible again stands at the end. AWS
 * promises less ("best-effort ordering").
 */
export class StandardOrder implements DeliveryOrder {
  readonly #visible = new PriorityQueue<QueuedMessage>();

  arrived(): void {}

  becameVisible(message: QueuedMessage): void {
    this.#visible.push(message, 0);
  }

  left(message: QueuedMessage): void {
    this.#visible.remove(message);
  }

  take(limit: number, accept: (message: QueuedMessage) => boolean): QueuedMessage[] {
    const taken: QueuedMessage[] = [];
    while (taken.length < limit) {
      const message = this.#visible.pop();
      if (!message) {
        break;
      }
      if (accept(message)) {
        taken.push(message);
      }
    }
    return taken;
  }
}

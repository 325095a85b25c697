import type { DeliveryOrder } from './delivery-order.ts';
import { enqueue, type Message, type MessageState, type Origin, type QueuedMessage } from './message.ts';
import { PriorityQueue } from './priority-queue.ts';

/** Told of what becomes of messages by time alone. */
export interface TimeWatcher {
  /** Its retention period is over: it is gone. */
  expired(queued: QueuedMessage): void;
  /** Its visibility timeout has ended: it can be received again. */
  timeoutEnded(queued: QueuedMessage): void;
}

/**
 * The messages that a queue holds, each of them delayed, visible or in flight. Time alone makes them visible, and takes away what is
 * too old: whoever looks at them settles first.
 */
export class HeldMessages {
  /** How many there are of each state. */
  readonly counts: Record<MessageState, number> = { visible: 0, delayed: 0, inFlight: 0 };
  readonly #order: DeliveryOrder;
  readonly #watcher: TimeWatcher;
  readonly #byId = new Map<string, QueuedMessage>();
  /** Delayed messages and those in flight, by the time at which they become visible. */
  readonly #due = new PriorityQueue<QueuedMessage>();
  /** All messages by the beginning of their retention period. */
  readonly #age = new PriorityQueue<QueuedMessage>();
  #sequence = 0;

  constructor(order: DeliveryOrder, watcher: TimeWatcher) {
    this.#order = order;
    this.#watcher = watcher;
  }

  get size(): number {
    return this.#byId.size;
  }

  all(): Iterable<QueuedMessage> {
    return this.#byId.values();
  }

  find(messageId: string): QueuedMessage | undefined {
    return this.#byId.get(messageId);
  }

  add(message: Message, delaySeconds: number, origin: Partial<Origin>): QueuedMessage {
    const queued = enqueue(message, this.#sequence++, origin);
    this.counts.delayed++;
    this.#byId.set(message.id, queued);
    this.#age.push(queued, queued.retainedFrom);
    this.#order.arrived(queued);
    this.place(queued, 'delayed', delaySeconds);
    return queued;
  }

  /** Keeps a message away from consumers for a time in seconds, or shows it to them. */
  place(queued: QueuedMessage, hidden: 'delayed' | 'inFlight', seconds: number): void {
    this.counts[queued.state]--;
    queued.state = seconds > 0 ? hidden : 'visible';
    this.counts[queued.state]++;
    if (queued.state === 'visible') {
      this.#due.remove(queued);
      this.#order.becameVisible(queued);
    } else {
      this.#due.push(queued, Date.now() + seconds * 1000);
    }
  }

  remove(queued: QueuedMessage): void {
    if (!this.#byId.delete(queued.message.id)) {
      return;
    }
    this.counts[queued.state]--;
    this.#due.remove(queued);
    this.#age.remove(queued);
    this.#order.left(queued);
  }

  /** Brings all up to the present: what is due becomes visible, what is older than the retention period goes. */
  settle(retentionSeconds: number): void {
    const now = Date.now();
    while (this.#age.firstKey <= now - retentionSeconds * 1000) {
      const expired = this.#age.pop();
      if (expired) {
        this.remove(expired);
        this.#watcher.expired(expired);
      }
    }
    while (this.#due.firstKey <= now) {
      const due = this.#due.pop();
      if (due) {
        const wasInFlight = due.state === 'inFlight';
        this.place(due, 'delayed', 0);
        if (wasInFlight) {
          this.#watcher.timeoutEnded(due);
        }
      }
    }
  }

  /** When there will next be something to settle, in epoch milliseconds; infinite where never. */
  nextChange(retentionSeconds: number): number {
    return Math.min(this.#due.firstKey, this.#age.firstKey + retentionSeconds * 1000);
  }
}

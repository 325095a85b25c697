import type { DeliveryOrder } from './delivery-order.ts';
import type { QueuedMessage } from './message.ts';
import { PriorityQueue } from './priority-queue.ts';

interface Group {
  /** Messages not in flight, in the order they were sent. */
  readonly waiting: PriorityQueue<QueuedMessage>;
  readonly inFlight: Set<QueuedMessage>;
}

/**
 * A FIFO queue's order: within a message group the order of sending, and none of a group while some of it are in flight. What
 * was received before and is visible again can be received all the same (verified on AWS). One receive takes as many as it can of a group before it goes on to the next. Source: Amazon SQS Developer Guide, "FIFO queue
 * delivery logic in Amazon SQS".
 */
export class FifoOrder implements DeliveryOrder {
  readonly #groups = new Map<string, Group>();
  /** Groups with something to receive; one that becomes ready again stands at the end. */
  readonly #ready = new PriorityQueue<Group>();

  arrived(message: QueuedMessage): void {
    this.#groupOf(message).waiting.push(message, message.sequence);
  }

  becameVisible(message: QueuedMessage): void {
    const group = this.#groupOf(message);
    if (group.inFlight.delete(message)) {
      group.waiting.push(message, message.sequence);
    }
    this.#refresh(group);
  }

  left(message: QueuedMessage): void {
    const group = this.#groupOf(message);
    group.inFlight.delete(message);
    group.waiting.remove(message);
    if (group.inFlight.size + group.waiting.size === 0) {
      this.#groups.delete(idOf(message));
    }
    this.#refresh(group);
  }

  take(limit: number, accept: (message: QueuedMessage) => boolean): QueuedMessage[] {
    const taken: QueuedMessage[] = [];
    while (taken.length < limit) {
      const group = this.#ready.pop();
      if (!group) {
        break;
      }
      taken.push(...takeFrom(group, limit - taken.length, accept));
      this.#refresh(group);
    }
    return taken;
  }

  #groupOf(message: QueuedMessage): Group {
    const id = idOf(message);
    let group = this.#groups.get(id);
    if (!group) {
      group = { waiting: new PriorityQueue(), inFlight: new Set() };
      this.#groups.set(id, group);
    }
    return group;
  }

  #refresh(group: Group): void {
    if (!isNextOf(group, group.inFlight.size > 0)) {
      this.#ready.remove(group);
    } else if (!this.#ready.has(group)) {
      this.#ready.push(group, 0);
    }
  }
}

function takeFrom(group: Group, limit: number, accept: (message: QueuedMessage) => boolean): QueuedMessage[] {
  const taken: QueuedMessage[] = [];
  const isLocked = group.inFlight.size > 0;
  while (taken.length < limit && isNextOf(group, isLocked)) {
    const message = group.waiting.pop();
    if (!message || !accept(message)) {
      continue;
    }
    group.inFlight.add(message);
    taken.push(message);
  }
  return taken;
}

/** Whether the first message of a group can be received: in a locked one only if it was received before. */
function isNextOf({ waiting }: Group, isLocked: boolean): boolean {
  const next = waiting.first;
  return next?.state === 'visible' && (!isLocked || next.receives > 0);
}

const idOf = ({ message }: QueuedMessage): string => message.groupId ?? '';

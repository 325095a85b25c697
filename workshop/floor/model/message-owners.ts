import type { Message } from './queue-model.ts';

/** Orders that wait for their message. While a queue is down, there are more and more. */
const mostWaiting = 10_000;
/** Milliseconds after an order was stored in which a message is taken for its own. After that the queue was not to be reached. */
const sentWithinMs = 5_000;

/**
 * Which order each message is of. Events do not tell what a message says, so that is concluded: it is of the order that was stored
 * before it. Where several are stored at once these can be mixed up. What customers see of their orders puts that right.
 */
export class MessageOwners {
  readonly #byOrder = new Map<string, Message>();
  /** When orders were stored that have no message yet, the oldest first. */
  readonly #waiting = new Map<string, number>();
  /** The message that was sent last, if it is of no order. */
  #stray: Message | undefined;
  /** Orders whose message is done with, and when. Nobody has seen them baked yet. */
  readonly #presumedBaked = new Map<string, number>();
  /** Orders that are not baked, though a message that was taken for theirs is done with. */
  readonly #orphans = new Set<string>();
  /** Messages that were taken for those of orders which were seen baked before. */
  readonly #ownerless = new Set<Message>();

  of(orderId: string): Message | undefined {
    return this.#byOrder.get(orderId);
  }

  stored(orderId: string, time: number): void {
    if (!this.#byOrder.has(orderId)) {
      this.#waiting.set(orderId, time);
    }
    const [oldest] = this.#waiting.keys();
    if (this.#waiting.size > mostWaiting && oldest !== undefined) {
      this.#waiting.delete(oldest);
    }
  }

  /** A message was sent. It may be of no order. */
  sent(message: Message, time: number): void {
    const orderId = this.#waiting.entries().find(([, since]) => time - since <= sentWithinMs)?.[0];
    this.#stray = orderId === undefined ? message : undefined;
    if (orderId !== undefined) {
      this.#give(message, orderId);
    }
  }

  /**
   * An order was written again. If it was waiting for its message, then the one just sent is its own: cleanup puts on the queue what
   * was stored long before. Returns that message.
   */
  writtenAgain(orderId: string): Message | undefined {
    const message = this.#stray;
    if (!message || !this.#waiting.has(orderId)) {
      return undefined;
    }
    this.#stray = undefined;
    this.#give(message, orderId);
    return message;
  }

  /** A message is done with, so its order is taken for baked. */
  done(message: Message, time: number): void {
    this.#parted(message);
    if (message.orderId !== undefined) {
      this.#presumedBaked.set(message.orderId, time);
    }
  }

  /** A message left in another way. @param isRedriven whether another one is sent in its place */
  dropped(message: Message, isRedriven: boolean, time: number): void {
    const isOwned = this.#parted(message);
    if (isOwned && isRedriven && message.orderId !== undefined) {
      this.#waiting.set(message.orderId, time);
    }
  }

  /** A customer saw an order baked. Returns another one that was taken for baked, and is not. */
  seenBaked(orderId: string): string | undefined {
    this.#waiting.delete(orderId);
    this.#orphans.delete(orderId);
    const message = this.#byOrder.get(orderId);
    if (this.#presumedBaked.delete(orderId) || !message) {
      return undefined;
    }
    this.#byOrder.delete(orderId);
    const [orphan] = this.#orphans;
    const [presumed] = this.#presumedBaked.size === 1 ? this.#presumedBaked.keys() : [];
    const owner = orphan ?? presumed;
    if (owner === undefined) {
      message.orderId = undefined;
      this.#ownerless.add(message);
      return undefined;
    }
    this.#orphans.delete(owner);
    this.#presumedBaked.delete(owner);
    this.#give(message, owner);
    return owner;
  }

  /**
   * A customer saw an order that was not baked yet. Returns whether it was taken for baked.
   * @param asked - When the customer asked, in milliseconds since the epoch.
   */
  seenUnbaked(orderId: string, asked: number): boolean {
    const since = this.#presumedBaked.get(orderId);
    if (since === undefined || asked <= since) {
      return false;
    }
    this.#presumedBaked.delete(orderId);
    const [message] = this.#ownerless;
    if (message) {
      this.#ownerless.delete(message);
      this.#give(message, orderId);
    } else {
      this.#orphans.add(orderId);
    }
    return true;
  }

  /** Nobody asks after an order any more. */
  forget(orderId: string): void {
    this.#presumedBaked.delete(orderId);
    this.#orphans.delete(orderId);
  }

  #give(message: Message, orderId: string): void {
    message.orderId = orderId;
    this.#waiting.delete(orderId);
    this.#byOrder.set(orderId, message);
  }

  /** Returns whether it was known whose it was. */
  #parted(message: Message): boolean {
    this.#ownerless.delete(message);
    const { orderId } = message;
    return orderId !== undefined && this.#byOrder.get(orderId) === message && this.#byOrder.delete(orderId);
  }
}

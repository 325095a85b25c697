/** A message of the bake queue. */
export interface Message {
  readonly id: string;
  state: 'visible' | 'inFlight' | 'dead';
  /** How often it was handed out. */
  tries: number;
  /** The order that it asks to bake; undefined where it is of none. */
  orderId: string | undefined;
  /** The environment that has it in hand, as far as that is known. */
  environment: string;
}

const messagesOfBatch = 2;
/** Orders that wait for their message. While a queue is down, there are more and more. */
const mostStored = 10_000;
/** Milliseconds after an order was stored in which a message is taken for its own. After that the queue was not to be reached. */
const sentWithinMs = 5_000;

/**
 * The messages of a bake queue, by what events tell. They do not tell what a message says, so which order it is of is concluded:
 * it is the one that was stored before it. Where two are stored at once these can be mixed up. That is put right when one is seen baked.
 */
export class QueueModel {
  readonly #messages = new Map<string, Message>();
  readonly #byOrder = new Map<string, Message>();
  /** When orders were stored that have no message yet, the oldest first. */
  readonly #stored = new Map<string, number>();
  /** The message that was sent last, if it is of no order. */
  #stray: Message | undefined;
  /** Messages in flight that no environment is known to have, the oldest first. */
  readonly #handedOut = new Set<Message>();

  of(orderId: string): Message | undefined {
    return this.#byOrder.get(orderId);
  }

  stored(orderId: string, time: number): void {
    if (!this.#byOrder.has(orderId)) {
      this.#stored.set(orderId, time);
    }
    const [oldest] = this.#stored.keys();
    if (this.#stored.size > mostStored && oldest !== undefined) {
      this.#stored.delete(oldest);
    }
  }

  sent(id: string, time: number): Message {
    const orderId = this.#stored.entries().find(([, since]) => time - since <= sentWithinMs)?.[0];
    const message: Message = { id, state: 'visible', tries: 0, orderId: undefined, environment: '' };
    this.#messages.set(id, message);
    this.#stray = undefined;
    if (orderId !== undefined) {
      this.#belongs(message, orderId);
    } else {
      this.#stray = message;
    }
    return message;
  }

  /**
   * An order was written again. If it was waiting for its message, then the one just sent is its own: cleanup puts on the queue what
   * was stored long before. Returns that message.
   */
  writtenAgain(orderId: string): Message | undefined {
    const message = this.#stray;
    if (!message || !this.#stored.has(orderId)) {
      return undefined;
    }
    this.#stray = undefined;
    this.#belongs(message, orderId);
    return message;
  }

  #belongs(message: Message, orderId: string): void {
    message.orderId = orderId;
    this.#stored.delete(orderId);
    this.#byOrder.set(orderId, message);
  }

  received(id: string, tries: number): Message | undefined {
    return this.#change(id, (message) => {
      message.state = 'inFlight';
      message.tries = tries;
      this.#handedOut.add(message);
    });
  }

  returned(id: string): Message | undefined {
    return this.#change(id, (message) => {
      message.state = 'visible';
      message.environment = '';
    });
  }

  deadLettered(id: string): Message | undefined {
    return this.#change(id, (message) => {
      message.state = 'dead';
      message.environment = '';
    });
  }

  /** An environment takes a batch: the oldest of those that were handed out. Returns them. */
  taken(environment: string): Message[] {
    const batch = [...this.#handedOut].slice(0, messagesOfBatch);
    for (const message of batch) {
      this.#handedOut.delete(message);
      message.environment = environment;
    }
    return batch;
  }

  /** A message left. A redrive sends another one for the same order. */
  deleted(id: string, isRedriven: boolean, time: number): Message | undefined {
    const message = this.#messages.get(id);
    if (!message) {
      return undefined;
    }
    this.#messages.delete(id);
    this.#handedOut.delete(message);
    if (message.orderId !== undefined && this.#byOrder.get(message.orderId) === message) {
      this.#byOrder.delete(message.orderId);
      if (isRedriven) {
        this.#stored.set(message.orderId, time);
      }
    }
    return message;
  }

  purged(): Message[] {
    const all = [...this.#messages.values()].filter(({ state }) => state !== 'dead');
    for (const { id } of all) {
      this.deleted(id, false, 0);
    }
    return all;
  }

  /** An order is over, so no message can be of it. Returns the order that its message, if it still has one, is of. */
  settled(orderId: string, mistaken: string | undefined): void {
    this.#stored.delete(orderId);
    const message = this.#byOrder.get(orderId);
    if (!message) {
      return;
    }
    this.#byOrder.delete(orderId);
    message.orderId = mistaken;
    if (mistaken !== undefined) {
      this.#byOrder.set(mistaken, message);
    }
  }

  #change(id: string, change: (message: Message) => void): Message | undefined {
    const message = this.#messages.get(id);
    if (message) {
      this.#handedOut.delete(message);
      change(message);
    }
    return message;
  }
}

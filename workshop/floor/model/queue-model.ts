/** A message of the bake queue. */
export interface Message {
  readonly id: string;
  state: 'visible' | 'inFlight' | 'dead' | 'gone';
  /** How often it was handed out. */
  tries: number;
  /** The order that it asks to bake; undefined where it is of none, or that is not known. */
  orderId: string | undefined;
  /** The environment that has it in hand, as far as that is known. */
  environment: string;
  /** Until when the queue hides it from others, in milliseconds since the epoch; 0 before it is received. */
  hiddenUntil: number;
  /** Whether whoever had it in hand is gone. The queue hides it all the same. */
  isAbandoned: boolean;
}

const messagesOfBatch = 2;

/** The messages of a bake queue, and who has them in hand, by what events tell. */
export class QueueModel {
  readonly #messages = new Map<string, Message>();
  /** Messages in flight that no environment is known to have, the oldest first. */
  readonly #handedOut = new Set<Message>();
  /** The newest batch of each environment. An older one is done with, also while its messages are still to be deleted. */
  readonly #batches = new Map<string, readonly Message[]>();
  readonly #visibilityTimeoutMs: number;

  constructor(visibilityTimeoutMs: number) {
    this.#visibilityTimeoutMs = visibilityTimeoutMs;
  }

  sent(id: string): Message {
    const free = { environment: '', hiddenUntil: 0, isAbandoned: false };
    const message: Message = { id, state: 'visible', tries: 0, orderId: undefined, ...free };
    this.#messages.set(id, message);
    return message;
  }

  received(id: string, tries: number, time: number): Message | undefined {
    return this.#change(id, (message) => {
      message.state = 'inFlight';
      message.tries = tries;
      message.hiddenUntil = time + this.#visibilityTimeoutMs;
      message.isAbandoned = false;
      message.environment = '';
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
    const batch = [...this.#handedOut.values().take(messagesOfBatch)];
    for (const message of batch) {
      this.#handedOut.delete(message);
      message.environment = environment;
    }
    this.#batches.set(environment, batch);
    return batch;
  }

  /** An environment is gone. Returns what it had in hand. */
  abandoned(environment: string): Message[] {
    const batch = this.#batches.get(environment) ?? [];
    const inHand = batch.filter((message) => message.state === 'inFlight' && message.environment === environment);
    this.#batches.delete(environment);
    for (const message of inHand) {
      message.isAbandoned = true;
    }
    return inHand;
  }

  /** A message left. */
  deleted(id: string): Message | undefined {
    const message = this.#change(id, (gone) => {
      gone.state = 'gone';
    });
    this.#messages.delete(id);
    return message;
  }

  /** Returns those that left. */
  purged(): Message[] {
    const all = [...this.#messages.values()].filter(({ state }) => state !== 'dead');
    return all.flatMap(({ id }) => this.deleted(id) ?? []);
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

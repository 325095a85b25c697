import type { ActivityEvent } from 'embedded-aws';
import type { QueueFigures } from '../protocol.ts';
import type { Accounts } from './accounts.ts';
import type { LaneResources } from './input.ts';
import type { OrdersModel } from './orders-model.ts';

/** What happens in the bake queue and its dead-letter queue, and how much is in them. */
export class QueueWatch {
  readonly #resources: Pick<LaneResources, 'queue' | 'deadLetterQueue'>;
  readonly #orders: OrdersModel;
  readonly #accounts: Accounts;
  readonly #counts = { waiting: 0, inFlight: 0, returned: 0, deadLetters: 0 };

  constructor(resources: Pick<LaneResources, 'queue' | 'deadLetterQueue'>, orders: OrdersModel, accounts: Accounts) {
    this.#resources = resources;
    this.#orders = orders;
    this.#accounts = accounts;
  }

  /** Null where the factory has no queue. */
  get figures(): QueueFigures | null {
    return this.#resources.queue === undefined ? null : { ...this.#counts };
  }

  /** Somebody counted. What is not known is left out. */
  counted({ waiting, inFlight, deadLetters }: Partial<QueueFigures>): void {
    this.#counts.waiting = waiting ?? this.#counts.waiting;
    this.#counts.inFlight = inFlight ?? this.#counts.inFlight;
    this.#counts.deadLetters = deadLetters ?? this.#counts.deadLetters;
  }

  happened(event: ActivityEvent): void {
    const { queue, deadLetterQueue } = this.#resources;
    if (!('queue' in event) || queue === undefined) {
      return;
    }
    if ('counts' in event && event.queue === deadLetterQueue) {
      this.#counts.deadLetters = event.counts.visible + event.counts.inFlight;
      if (event.type === 'message.deleted') {
        this.#orders.deleted(event.messageId, event.reason, event.time);
      }
    }
    if (event.queue !== queue) {
      return;
    }
    if ('counts' in event) {
      this.#counts.waiting = event.counts.visible + event.counts.delayed;
      this.#counts.inFlight = event.counts.inFlight;
    }
    this.#ofQueue(event);
  }

  #ofQueue(event: ActivityEvent): void {
    switch (event.type) {
      case 'message.sent':
        this.#accounts.bill('sqsRequests', 1);
        this.#orders.sent(event.messageId, event.time);
        break;
      case 'message.received':
        this.#orders.received(event.messageId, event.receiveCount, event.time);
        break;
      case 'message.returned':
        this.#counts.returned += 1;
        this.#orders.returned(event.messageId);
        break;
      case 'message.deadLettered':
        this.#counts.deadLetters = event.deadLetterCounts.visible;
        this.#orders.deadLettered(event.messageId);
        break;
      case 'message.deleted':
        if (event.reason === 'deleted') {
          this.#accounts.baked(event.time);
        }
        this.#orders.deleted(event.messageId, event.reason, event.time);
        break;
      case 'queue.purged':
        this.#counts.waiting = 0;
        this.#orders.purged();
        break;
    }
  }
}

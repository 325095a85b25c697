import { arn, type Region } from '../../../wire/operation.ts';
import { noTags } from '../../../wire/tags.ts';
import { expiredHandle, invalidValue } from '../errors.ts';
import type { QueueSettings } from './attributes.ts';
import { type Accepted, DeduplicationWindow } from './deduplication.ts';
import { type DeliveryOrder, StandardOrder } from './delivery-order.ts';
import { FifoOrder } from './fifo-order.ts';
import { HeldMessages } from './held-messages.ts';
import { LongPolls, type ReceiveRequest } from './long-polls.ts';
import type { Delivery, Message, MessageState, QueuedMessage } from './message.ts';
import { QueueActivity } from './queue-activity.ts';
import { messageIdOf, newReceiptHandle } from './receipt-handle.ts';
import { ReceiveAttempts } from './receive-attempts.ts';
import { WakeUp } from './wake-up.ts';

/** Messages that a queue has in flight at the most. Source: Amazon SQS Developer Guide, "Amazon SQS message quotas". */
export const inFlightLimit = 120_000;
/** The longest that a receive can hide a message, from its beginning to its last extension: twelve hours. */
export const maxVisibilitySeconds = 43_200;

/** A message on its way into a queue. */
export interface Arrival {
  readonly message: Message;
  /** Seconds until it can be received. */
  readonly delaySeconds: number;
  /** The key that makes it a duplicate of what was sent before, in a FIFO queue. */
  readonly deduplicationKey?: string | undefined;
}

/**
 * A queue: every message in it is delayed, visible or in flight, and leaves by being deleted, by its age, or for the
 * dead-letter queue. All times hang on one timer, set for what is due next; consumers that wait are served by events.
 */
export class Queue {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly createdAt = Date.now();
  tags = noTags;
  readonly receiveAttempts = new ReceiveAttempts();
  purgedAt = Number.NEGATIVE_INFINITY;
  readonly #activity: QueueActivity;
  readonly #deadLetterQueue: () => Queue | undefined;
  readonly #order: DeliveryOrder;
  readonly #messages: HeldMessages;
  readonly #duplicates = new DeduplicationWindow();
  readonly #polls = new LongPolls();
  readonly #wakeUp = new WakeUp(() => this.#update());
  #deliverTwice = 0;
  #settings: QueueSettings;
  #modifiedAt = this.createdAt;

  constructor(
    region: Region,
    name: string,
    settings: QueueSettings,
    deadLetterQueue: (arn: string) => Queue | undefined,
  ) {
    this.name = name;
    this.arn = arn(region, 'sqs', name);
    this.url = `${region.endpoint}/${region.accountId}/${name}`;
    this.#settings = settings;
    this.#order = settings.fifo ? new FifoOrder() : new StandardOrder();
    this.#messages = new HeldMessages(this.#order, {
      expired: (queued) => this.#activity.deleted(queued, 'expired'),
      timeoutEnded: (queued) => this.#activity.returned(queued, 'timeoutEnded'),
    });
    this.#activity = new QueueActivity(region.activity, this, this.#messages.counts);
    this.#deadLetterQueue = () => {
      const policy = this.#settings.redrivePolicy;
      return policy && deadLetterQueue(policy.deadLetterTargetArn);
    };
  }

  get settings(): QueueSettings {
    return this.#settings;
  }

  /** When the attributes were last set, in epoch milliseconds. */
  get modifiedAt(): number {
    return this.#modifiedAt;
  }

  /** How many messages there are of each state, now. */
  get counts(): Readonly<Record<MessageState, number>> {
    this.#settle();
    return this.#messages.counts;
  }

  /** Changes attributes in place: messages stay, and a new retention period holds for them too. */
  configure(settings: QueueSettings): void {
    this.#settings = settings;
    this.#modifiedAt = Date.now();
    this.#update();
  }

  /** Takes messages in. A duplicate in a FIFO queue is accepted and not delivered; its sender gets the id of the first. */
  send(arrivals: readonly Arrival[]): Accepted[] {
    const accepted = arrivals.map((arrival) => this.#accept(arrival));
    this.#update();
    return accepted;
  }

  /**
   * How many of the next messages are handed out twice, as AWS may do with any ("at-least-once delivery"): they stay
   * visible, and a consumer that deletes one before it was handed out again deletes only its own copy.
   */
  get deliverTwice(): number {
    return this.#deliverTwice;
  }

  set deliverTwice(times: number) {
    this.#deliverTwice = times;
  }

  /** Hands messages out, at once or, where there are none, within a time in seconds. An aborted receive takes nothing. */
  receive(
    request: ReceiveRequest,
    waitSeconds: number,
    signal: AbortSignal,
  ): readonly Delivery[] | Promise<readonly Delivery[]> {
    if (signal.aborted) {
      return [];
    }
    this.#settle();
    const deliveries = this.#take(request);
    this.#arm();
    return deliveries.length > 0 || waitSeconds === 0 ? deliveries : this.#polls.wait(request, waitSeconds, signal);
  }

  /**
   * Deletes a message by the handle of its latest receive, whether or not its visibility timeout has ended since. An earlier handle
   * deletes nothing. A FIFO queue refuses a handle whose timeout has ended.
   */
  delete(receiptHandle: string): void {
    const queued = this.#find(receiptHandle);
    if (!queued) {
      return;
    }
    const current = queued.receipt === receiptHandle;
    if (this.#settings.fifo && !(current && queued.state === 'inFlight')) {
      throw expiredHandle(receiptHandle);
    }
    if (!current || queued.duplicated) {
      return;
    }
    this.#messages.remove(queued);
    this.#activity.deleted(queued, 'deleted');
    this.#update();
  }

  /** Lets a message's visibility timeout end `seconds` from now; 0 makes it visible at once. */
  changeVisibility(receiptHandle: string, seconds: number): void {
    const queued = this.#find(receiptHandle);
    // A standard queue also takes the handle of an earlier receive (verified on AWS).
    if (!queued || (this.#settings.fifo && queued.receipt !== receiptHandle)) {
      const reason = 'Message does not exist or is not available for visibility timeout change.';
      throw invalidValue('ReceiptHandle', receiptHandle, reason);
    }
    if (queued.state !== 'inFlight') {
      if (this.#settings.fifo) {
        throw expiredHandle(receiptHandle);
      }
      return; // AWS answers so, and changes nothing.
    }
    if (Date.now() + seconds * 1000 > queued.lastReceivedAt + maxVisibilitySeconds * 1000) {
      const reason = `Total VisibilityTimeout for the message is beyond the limit [${maxVisibilitySeconds} seconds]`;
      throw invalidValue('VisibilityTimeout', seconds, reason);
    }
    this.#messages.place(queued, 'inFlight', seconds);
    if (seconds === 0) {
      this.#activity.returned(queued, 'timeoutChanged');
    }
    this.#update();
  }

  /** A message by its id, if the queue still has it. */
  find(messageId: string): QueuedMessage | undefined {
    this.#settle();
    return this.#messages.find(messageId);
  }

  /** Offers the next visible message, which leaves for good if it is accepted: how a redrive empties a dead-letter queue. */
  offer(accept: (queued: QueuedMessage) => boolean): boolean {
    this.#settle();
    const [queued] = this.#order.take(1, () => true);
    if (!queued) {
      return false;
    }
    const accepted = accept(queued);
    if (accepted) {
      this.#messages.remove(queued);
      this.#activity.deleted(queued, 'redriven');
    } else {
      this.#order.becameVisible(queued);
    }
    return accepted;
  }

  /** Deletes all messages, those in flight too. */
  purge(): void {
    const messages = this.#messages.size;
    for (const queued of this.#messages.all()) {
      this.#messages.remove(queued);
    }
    this.#duplicates.clear();
    this.#activity.purged(messages);
    this.purgedAt = Date.now();
  }

  /** Sends waiting consumers away and stops the timer. */
  close(): void {
    this.#wakeUp.close();
    this.#polls.end();
  }

  #accept({ message, delaySeconds, deduplicationKey }: Arrival): Accepted {
    const first = deduplicationKey === undefined ? undefined : this.#duplicates.find(deduplicationKey);
    if (first) {
      return first;
    }
    const queued = this.#messages.add(message, delaySeconds, {});
    this.#activity.sent(queued);
    const accepted = { messageId: message.id, sequence: queued.sequence };
    if (deduplicationKey !== undefined) {
      this.#duplicates.remember(deduplicationKey, accepted);
    }
    return accepted;
  }

  #take({ limit, visibilityTimeout = this.#settings.visibilityTimeout }: ReceiveRequest): Delivery[] {
    const room = inFlightLimit - this.#messages.counts.inFlight;
    const taken = this.#order.take(Math.min(limit, room), (queued) => !this.#moveToDeadLetterQueue(queued));
    return taken.map((queued) => {
      const now = Date.now();
      const receipt = newReceiptHandle(this.name, queued.message.id);
      queued.receipt = receipt;
      queued.receives++;
      queued.receiveCount++;
      queued.lastReceivedAt = now;
      queued.firstReceivedAt ??= now;
      queued.duplicated = !queued.duplicated && this.#deliverTwice > 0;
      if (queued.duplicated) {
        this.#deliverTwice--;
      }
      this.#messages.place(queued, 'inFlight', queued.duplicated ? 0 : visibilityTimeout);
      this.#activity.received(queued);
      const { message, sequence, deadLetterSourceArn, receiveCount, firstReceivedAt } = queued;
      return { message, sequence, deadLetterSourceArn, receipt, receiveCount, firstReceivedAt };
    });
  }

  /** Moves a message that was received too often, when it is about to be received once more. */
  #moveToDeadLetterQueue(queued: QueuedMessage): boolean {
    const { redrivePolicy, fifo } = this.#settings;
    if (!redrivePolicy || queued.receives < redrivePolicy.maxReceiveCount) {
      return false;
    }
    const deadLetterQueue = this.#deadLetterQueue();
    if (!deadLetterQueue) {
      return false;
    }
    this.#messages.remove(queued);
    const { message, receiveCount, firstReceivedAt } = queued;
    // The retention period goes on in a standard queue, and begins anew in a FIFO queue.
    const retainedFrom = fifo ? Date.now() : queued.retainedFrom;
    deadLetterQueue.#messages.add(message, 0, {
      retainedFrom,
      deadLetterSourceArn: this.arn,
      receiveCount,
      firstReceivedAt,
    });
    this.#activity.deadLettered(queued, deadLetterQueue.name, deadLetterQueue.#messages.counts);
    deadLetterQueue.#update();
    return true;
  }

  #find(receiptHandle: string): QueuedMessage | undefined {
    const messageId = messageIdOf(receiptHandle, this.name);
    this.#settle();
    return this.#messages.find(messageId);
  }

  /** Brings the queue up to the present. */
  #settle(): void {
    this.#messages.settle(this.#settings.messageRetentionPeriod);
  }

  /** After every change: serves who waits, and sets the timer. */
  #update(): void {
    this.#settle();
    this.#polls.serve((request) => this.#take(request));
    this.#arm();
  }

  #arm(): void {
    this.#wakeUp.setBy(this.#messages.nextChange(this.#settings.messageRetentionPeriod));
  }
}

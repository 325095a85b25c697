import { arn, type Region } from '../../../wire/operation.ts';
import { noTags } from '../../../wire/tags.ts';
import { invalidValue } from '../errors.ts';
import type { QueueSettings } from './attributes.ts';
import { type Accepted, DeduplicationWindow } from './deduplication.ts';
import { type DeliveryOrder, StandardOrder } from './delivery-order.ts';
import { FifoOrder } from './fifo-order.ts';
import { LongPolls, type ReceiveRequest } from './long-polls.ts';
import { type Delivery, enqueue, type Message, type MessageState, type Origin, type QueuedMessage } from './message.ts';
import { PriorityQueue } from './priority-queue.ts';
import { QueueActivity } from './queue-activity.ts';
import { messageIdOf, newReceiptHandle } from './receipt-handle.ts';
import { ReceiveAttempts } from './receive-attempts.ts';

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
  readonly #messages = new Map<string, QueuedMessage>();
  readonly #counts: Record<MessageState, number> = { visible: 0, delayed: 0, inFlight: 0 };
  /** Delayed messages and those in flight, by the time at which they become visible. */
  readonly #due = new PriorityQueue<QueuedMessage>();
  /** All messages by the beginning of their retention period. */
  readonly #age = new PriorityQueue<QueuedMessage>();
  readonly #duplicates = new DeduplicationWindow();
  readonly #polls = new LongPolls();
  #deliverTwice = 0;
  #settings: QueueSettings;
  #modifiedAt = this.createdAt;
  #sequence = 0;
  #timer: NodeJS.Timeout | undefined;
  #timerAt = Number.POSITIVE_INFINITY;

  constructor(
    region: Region,
    name: string,
    settings: QueueSettings,
    deadLetterQueue: (arn: string) => Queue | undefined,
  ) {
    this.name = name;
    this.arn = arn(region, 'sqs', name);
    this.url = `${region.endpoint}/${region.accountId}/${name}`;
    this.#activity = new QueueActivity(region.activity, this, this.#counts);
    this.#settings = settings;
    this.#order = settings.fifo ? new FifoOrder() : new StandardOrder();
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
    return this.#counts;
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
      throw expired(receiptHandle);
    }
    if (!current || queued.duplicated) {
      return;
    }
    this.#remove(queued);
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
        throw expired(receiptHandle);
      }
      return; // AWS answers so, and changes nothing.
    }
    if (Date.now() + seconds * 1000 > queued.lastReceivedAt + maxVisibilitySeconds * 1000) {
      const reason = `Total VisibilityTimeout for the message is beyond the limit [${maxVisibilitySeconds} seconds]`;
      throw invalidValue('VisibilityTimeout', seconds, reason);
    }
    this.#place(queued, 'inFlight', seconds);
    if (seconds === 0) {
      this.#activity.returned(queued, 'timeoutChanged');
    }
    this.#update();
  }

  /** A message by its id, if the queue still has it. */
  find(messageId: string): QueuedMessage | undefined {
    this.#settle();
    return this.#messages.get(messageId);
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
      this.#remove(queued);
      this.#activity.deleted(queued, 'redriven');
    } else {
      this.#order.becameVisible(queued);
    }
    return accepted;
  }

  /** Deletes all messages, those in flight too. */
  purge(): void {
    const messages = this.#messages.size;
    for (const queued of this.#messages.values()) {
      this.#remove(queued);
    }
    this.#duplicates.clear();
    this.#activity.purged(messages);
    this.purgedAt = Date.now();
  }

  /** Sends waiting consumers away and stops the timer. */
  close(): void {
    clearTimeout(this.#timer);
    this.#timerAt = Number.NEGATIVE_INFINITY;
    this.#polls.end();
  }

  #accept({ message, delaySeconds, deduplicationKey }: Arrival): Accepted {
    const first = deduplicationKey === undefined ? undefined : this.#duplicates.find(deduplicationKey);
    if (first) {
      return first;
    }
    const queued = this.#add(message, delaySeconds, {});
    this.#activity.sent(queued);
    const accepted = { messageId: message.id, sequence: queued.sequence };
    if (deduplicationKey !== undefined) {
      this.#duplicates.remember(deduplicationKey, accepted);
    }
    return accepted;
  }

  #add(message: Message, delaySeconds: number, origin: Partial<Origin>): QueuedMessage {
    const queued = enqueue(message, this.#sequence++, origin);
    this.#counts.delayed++;
    this.#messages.set(message.id, queued);
    this.#age.push(queued, queued.retainedFrom);
    this.#order.arrived(queued);
    this.#place(queued, 'delayed', delaySeconds);
    return queued;
  }

  #take({ limit, visibilityTimeout = this.#settings.visibilityTimeout }: ReceiveRequest): Delivery[] {
    const room = inFlightLimit - this.#counts.inFlight;
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
      this.#place(queued, 'inFlight', queued.duplicated ? 0 : visibilityTimeout);
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
    this.#remove(queued);
    const { message, receiveCount, firstReceivedAt } = queued;
    // The retention period goes on in a standard queue, and begins anew in a FIFO queue.
    const retainedFrom = fifo ? Date.now() : queued.retainedFrom;
    deadLetterQueue.#add(message, 0, { retainedFrom, deadLetterSourceArn: this.arn, receiveCount, firstReceivedAt });
    this.#activity.deadLettered(queued, deadLetterQueue.name, deadLetterQueue.#counts);
    deadLetterQueue.#update();
    return true;
  }

  /** Keeps a message away from consumers for a time in seconds, or shows it to them. */
  #place(queued: QueuedMessage, hidden: 'delayed' | 'inFlight', seconds: number): void {
    this.#counts[queued.state]--;
    queued.state = seconds > 0 ? hidden : 'visible';
    this.#counts[queued.state]++;
    if (queued.state === 'visible') {
      this.#due.remove(queued);
      this.#order.becameVisible(queued);
    } else {
      this.#due.push(queued, Date.now() + seconds * 1000);
    }
  }

  #remove(queued: QueuedMessage): void {
    if (!this.#messages.delete(queued.message.id)) {
      return;
    }
    this.#counts[queued.state]--;
    this.#due.remove(queued);
    this.#age.remove(queued);
    this.#order.left(queued);
  }

  #find(receiptHandle: string): QueuedMessage | undefined {
    const messageId = messageIdOf(receiptHandle, this.name);
    this.#settle();
    return this.#messages.get(messageId);
  }

  /** Brings the queue up to the present: what is due becomes visible, what is too old goes. */
  #settle(): void {
    const now = Date.now();
    while (this.#age.firstKey <= now - this.#settings.messageRetentionPeriod * 1000) {
      const expiredMessage = this.#age.pop();
      if (expiredMessage) {
        this.#remove(expiredMessage);
        this.#activity.deleted(expiredMessage, 'expired');
      }
    }
    while (this.#due.firstKey <= now) {
      const due = this.#due.pop();
      if (due) {
        const wasInFlight = due.state === 'inFlight';
        this.#place(due, 'delayed', 0);
        if (wasInFlight) {
          this.#activity.returned(due, 'timeoutEnded');
        }
      }
    }
  }

  /** After every change: serves who waits, and sets the timer. */
  #update(): void {
    this.#settle();
    this.#polls.serve((request) => this.#take(request));
    this.#arm();
  }

  /** A timer that is set too early finds nothing due and sets itself again; so it is moved only when it is too late. */
  #arm(): void {
    const next = Math.min(this.#due.firstKey, this.#age.firstKey + this.#settings.messageRetentionPeriod * 1000);
    if (next >= this.#timerAt) {
      return;
    }
    clearTimeout(this.#timer);
    this.#timerAt = next;
    this.#timer = setTimeout(
      () => {
        this.#timerAt = Number.POSITIVE_INFINITY;
        this.#update();
      },
      Math.max(next - Date.now(), 1),
    ).unref();
  }
}

function expired(receiptHandle: string) {
  return invalidValue('ReceiptHandle', receiptHandle, 'The receipt handle has expired.');
}

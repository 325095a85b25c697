import type * as sqs from '@aws-sdk/client-sqs';
import { digestOfAttributes } from './message-digest.ts';

export type MessageAttributes = Readonly<Record<string, sqs.MessageAttributeValue>>;

/** A message as it was sent. It keeps its identity on its way to a dead-letter queue. Times are in epoch milliseconds. */
export interface Message {
  readonly id: string;
  readonly body: string;
  readonly bodyDigest: string;
  readonly attributes: MessageAttributes;
  readonly traceHeader: string | undefined;
  readonly senderId: string;
  readonly groupId: string | undefined;
  readonly deduplicationId: string | undefined;
  readonly sentAt: number;
}

/** `delayed` and `inFlight` end at a time; then a message is `visible`, which means that it can be received. */
export type MessageState = 'delayed' | 'visible' | 'inFlight';

/** A message in a queue. */
export interface QueuedMessage {
  readonly message: Message;
  /** Its place in the order in which the queue got its messages. */
  readonly sequence: number;
  /** When its retention period began: the time it was sent, except in the dead-letter queue of a FIFO queue. */
  readonly retainedFrom: number;
  /** The queue that it was moved from, in a dead-letter queue. */
  readonly deadLetterSourceArn: string | undefined;
  state: MessageState;
  /** The receipt handle of the latest receive. */
  receipt: string | undefined;
  /** It is to be handed out once more, even if the consumer that has it now deletes it. */
  duplicated: boolean;
  /** Receives from this queue, against which a redrive policy's `maxReceiveCount` holds. */
  receives: number;
  /** Receives from all queues that the message has been in. */
  receiveCount: number;
  firstReceivedAt: number | undefined;
  lastReceivedAt: number;
}

/** What a message brings along from the queue that gave it up. */
export type Origin = Pick<QueuedMessage, 'retainedFrom' | 'deadLetterSourceArn' | 'receiveCount' | 'firstReceivedAt'>;

/** A message that enters a queue, from its sender or from another queue. */
export function enqueue(message: Message, sequence: number, origin: Partial<Origin>): QueuedMessage {
  return {
    message,
    sequence,
    retainedFrom: origin.retainedFrom ?? message.sentAt,
    deadLetterSourceArn: origin.deadLetterSourceArn,
    state: 'delayed',
    receipt: undefined,
    duplicated: false,
    receives: 0,
    receiveCount: origin.receiveCount ?? 0,
    firstReceivedAt: origin.firstReceivedAt,
    lastReceivedAt: 0,
  };
}

/** One receive of a message: what its consumer gets. */
export interface Delivery extends Readonly<Pick<QueuedMessage, 'message' | 'sequence' | 'deadLetterSourceArn'>> {
  readonly receipt: string;
  readonly receiveCount: number;
  readonly firstReceivedAt: number;
}

/** What a consumer asks to be told besides id, handle and body. */
export interface Wanted {
  /** Names of system attributes, or `All`. */
  readonly system: ReadonlySet<string>;
  /** Names of message attributes, `All`, or prefixes such as `order.*`. */
  readonly attributes: readonly string[];
}

/** A delivery as ReceiveMessage answers it. */
export function describeDelivery(delivery: Delivery, wanted: Wanted): sqs.Message {
  const { message, receipt } = delivery;
  const system = wanted.system.size === 0 ? {} : systemAttributes(delivery, wanted.system);
  const attributes = wanted.attributes.length === 0 ? {} : selectAttributes(message.attributes, wanted.attributes);
  const digest = digestOfAttributes(attributes);
  return {
    MessageId: message.id,
    ReceiptHandle: receipt,
    MD5OfBody: message.bodyDigest,
    Body: message.body,
    ...(Object.keys(system).length > 0 && { Attributes: system }),
    ...(digest !== undefined && { MD5OfMessageAttributes: digest, MessageAttributes: attributes }),
  };
}

function systemAttributes(delivery: Delivery, wanted: ReadonlySet<string>): NonNullable<sqs.Message['Attributes']> {
  const { message } = delivery;
  const all = {
    AWSTraceHeader: message.traceHeader,
    ApproximateFirstReceiveTimestamp: String(delivery.firstReceivedAt),
    ApproximateReceiveCount: String(delivery.receiveCount),
    DeadLetterQueueSourceArn: delivery.deadLetterSourceArn,
    MessageDeduplicationId: message.deduplicationId,
    MessageGroupId: message.groupId,
    SenderId: message.senderId,
    SentTimestamp: String(message.sentAt),
    // Only a FIFO queue numbers its messages, and only there a message has a deduplication id.
    SequenceNumber: message.deduplicationId === undefined ? undefined : sequenceNumber(delivery.sequence),
  };
  const known = Object.entries(all).filter(
    ([name, value]) => value !== undefined && (wanted.has('All') || wanted.has(name)),
  );
  return Object.fromEntries(known);
}

function selectAttributes(
  attributes: MessageAttributes,
  wanted: readonly string[],
): Record<string, sqs.MessageAttributeValue> {
  const selected = Object.entries(attributes).filter(([name]) => wanted.some((pattern) => selects(pattern, name)));
  return Object.fromEntries(selected);
}

function selects(pattern: string, name: string): boolean {
  if (pattern === 'All' || pattern === '*') {
    return true;
  }
  return pattern.endsWith('.*') ? name.startsWith(pattern.slice(0, -2)) : pattern === name;
}

const firstSequenceNumber = 18_849_496_460_467_696_128n;
const sequenceStep = 256n;

/** A FIFO message's sequence number: 20 digits, increasing, not consecutive. */
export function sequenceNumber(sequence: number): string {
  return String(firstSequenceNumber + BigInt(sequence) * sequenceStep);
}

import { createHash } from 'node:crypto';
import * as sns from '@aws-sdk/client-sns';
import type { Call, Handlers } from '../../wire/operation.ts';
import type { Delivery } from './delivery.ts';
import { invalidParameter, notServed } from './errors.ts';
import { maxMessageBytes, readMessage, sizeOf } from './message.ts';
import type { Topic } from './topic.ts';
import type { Topics } from './topics.ts';

const maxEntries = 10;
const entryId = /^[\w-]{1,80}$/;

type Entry = Omit<sns.PublishInput, 'PhoneNumber' | 'TargetArn' | 'TopicArn'>;
type Answer = { readonly MessageId: string; readonly SequenceNumber?: string };

/** Publishing. A message is delivered after its publisher was answered. */
export function publishOperations(topics: Topics, delivery: Delivery) {
  return {
    Publish: ({ TopicArn, TargetArn, PhoneNumber, ...entry }, call?: Call) => {
      if (PhoneNumber !== undefined) {
        throw notServed('A text message to a phone');
      }
      if (TargetArn?.includes(':endpoint/')) {
        throw notServed('A push notification');
      }
      if (TopicArn === undefined && TargetArn === undefined) {
        throw invalidParameter('TopicArn or TargetArn Reason: no value for required parameter');
      }
      return publish(topics.get(TopicArn ?? TargetArn), entry, delivery, call?.traceHeader);
    },
    PublishBatch: ({ TopicArn, PublishBatchRequestEntries: entries = [] }, call?: Call) => {
      const topic = topics.get(TopicArn);
      checkBatch(entries);
      const Successful: sns.PublishBatchResultEntry[] = [];
      const Failed: sns.BatchResultErrorEntry[] = [];
      for (const { Id, ...entry } of entries) {
        try {
          Successful.push({ Id, ...publish(topic, entry, delivery, call?.traceHeader) });
        } catch (error) {
          const { name, message } = error as Error;
          Failed.push({ Id, Code: name.replace(/Exception$/, ''), Message: message, SenderFault: true });
        }
      }
      return { Successful, Failed };
    },
  } satisfies Handlers<typeof sns>;
}

function publish(topic: Topic, entry: Entry, delivery: Delivery, traceHeader: string | undefined): Answer {
  if (!topic.isFifo) {
    if (entry.MessageDeduplicationId !== undefined) {
      throw invalidParameter(
        'The request includes MessageDeduplicationId parameter that is not valid for this topic type',
      );
    }
    const message = readMessage(entry, topic.arn, {
      deduplicationId: undefined,
      sequenceNumber: undefined,
      traceHeader,
    });
    delivery.start(topic, message);
    return { MessageId: message.id };
  }
  return publishInOrder(topic, entry, delivery, traceHeader);
}

/** Source: SNS Developer Guide, "Message deduplication for FIFO topics". */
function publishInOrder(topic: Topic, entry: Entry, delivery: Delivery, traceHeader: string | undefined): Answer {
  const { MessageGroupId } = entry;
  if (!MessageGroupId) {
    throw invalidParameter('The MessageGroupId parameter is required for FIFO topics');
  }
  const deduplicationId = entry.MessageDeduplicationId ?? contentId(topic, entry);
  const message = readMessage(entry, topic.arn, { deduplicationId, sequenceNumber: undefined, traceHeader });
  const scope = topic.get('FifoThroughputScope') === 'MessageGroup' ? `${MessageGroupId}\n` : '';
  const before = topic.window.find(scope + deduplicationId);
  if (before) {
    return { MessageId: before.MessageId, SequenceNumber: before.SequenceNumber };
  }
  const published = { MessageId: message.id, SequenceNumber: topic.window.nextSequenceNumber() };
  topic.window.remember(scope + deduplicationId, published);
  delivery.start(topic, { ...message, sequenceNumber: published.SequenceNumber });
  return published;
}

function contentId(topic: Topic, { Message = '' }: Entry): string {
  if (topic.get('ContentBasedDeduplication') !== 'true') {
    throw invalidParameter(
      'The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
  }
  return createHash('sha256').update(Message).digest('hex');
}

function checkBatch(entries: readonly sns.PublishBatchRequestEntry[]): void {
  const $metadata = {};
  if (entries.length === 0) {
    throw new sns.EmptyBatchRequestException({ message: "The batch request doesn't contain any entries.", $metadata });
  }
  if (entries.length > maxEntries) {
    const message = `The batch request contains more entries than permissible: ${entries.length}, the most is ${maxEntries}.`;
    throw new sns.TooManyEntriesInBatchRequestException({ message, $metadata });
  }
  const ids = entries.map(({ Id = '' }) => Id);
  if (!ids.every((id) => entryId.test(id))) {
    const message = 'The Id of a batch entry in a batch request does not abide by the specification.';
    throw new sns.InvalidBatchEntryIdException({ message, $metadata });
  }
  if (new Set(ids).size < ids.length) {
    const message = 'Two or more batch entries in the request have the same Id.';
    throw new sns.BatchEntryIdsNotDistinctException({ message, $metadata });
  }
  if (entries.reduce((sum, entry) => sum + sizeOf(entry), 0) > maxMessageBytes) {
    const message = 'The length of all the batch messages put together is more than the limit.';
    throw new sns.BatchRequestTooLongException({ message, $metadata });
  }
}

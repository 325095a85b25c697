import { createHash, randomUUID } from 'node:crypto';
import * as sqs from '@aws-sdk/client-sqs';
import type { Call } from '../../wire/operation.ts';
import { invalidParameter, invalidValue, isAnswer, missingParameter } from './errors.ts';
import { checkMessageAttributes, checkSystemAttributes, sizeOfAttributes } from './message-attributes.ts';
import { forbiddenCharacter } from './message-characters.ts';
import type { QueueSettings } from './queue/attributes.ts';
import type { Message } from './queue/message.ts';
import { digestOfBody } from './queue/message-digest.ts';
import type { Arrival, Queue } from './queue/queue.ts';

/** Source: Amazon SQS Developer Guide, "Amazon SQS message quotas": 1 MiB a message, and a batch, since August 2025. */
export const maxPayloadBytes = 1_048_576;

const maxDelaySeconds = 900;
const fifoId = /^[\w!"#$%&'()*+,\-./:;<=>?@[\\\]^`{|}~]{1,128}$/;

/** What SendMessage and an entry of SendMessageBatch have in common. */
export type SendRequest = Omit<sqs.SendMessageRequest, 'QueueUrl'>;

/**
 * Checks a message against its queue and makes it ready for it. A trace header that the message does not bring is that of the
 * request (verified on AWS).
 */
export function arrivalOf(request: SendRequest, queue: Queue, { caller, traceHeader }: Call): Arrival {
  const { settings } = queue;
  const { MessageBody: body, MessageAttributes: attributes = {}, MessageSystemAttributes = {} } = request;
  if (!body) {
    throw missingParameter('MessageBody');
  }
  checkBody(body);
  checkMessageAttributes(attributes);
  const ownTraceHeader = checkSystemAttributes(MessageSystemAttributes);
  if (sizeOf(request) > settings.maximumMessageSize) {
    throw invalidParameter(
      `One or more parameters are invalid. Reason: Message must be shorter than ${settings.maximumMessageSize} bytes.`,
    );
  }
  const delaySeconds = delayOf(request, settings);
  const groupId = groupIdOf(request, settings);
  const deduplicationId = deduplicationIdOf(request, settings);
  const message: Message = {
    id: randomUUID(),
    body,
    bodyDigest: digestOfBody(body),
    attributes,
    traceHeader: ownTraceHeader ?? traceHeader,
    senderId: caller.userId,
    groupId,
    deduplicationId,
    sentAt: Date.now(),
  };
  return { message, delaySeconds, deduplicationKey: deduplicationKey(deduplicationId, groupId, settings) };
}

/** Of a batch for a FIFO queue, an entry without its ids is reason to refuse all of it, under one code. */
export function checkFifoBatch(entries: readonly SendRequest[], settings: QueueSettings): void {
  if (!settings.fifo) {
    return;
  }
  for (const entry of entries) {
    try {
      groupIdOf(entry, settings);
      deduplicationIdOf(entry, settings);
    } catch (error) {
      throw isAnswer(error) ? invalidParameter(error.message) : error;
    }
  }
}

/** The size of a message, in bytes, without system attributes, which do not count. */
export function sizeOf({ MessageBody = '', MessageAttributes = {} }: SendRequest): number {
  return Buffer.byteLength(MessageBody) + sizeOfAttributes(MessageAttributes);
}

function checkBody(body: string): void {
  const message = forbiddenCharacter(body, 'the message body');
  if (message !== undefined) {
    throw new sqs.InvalidMessageContents({ message, $metadata: {} });
  }
}

function delayOf({ DelaySeconds }: SendRequest, settings: QueueSettings): number {
  if (DelaySeconds === undefined) {
    return settings.delaySeconds;
  }
  if (!Number.isInteger(DelaySeconds) || DelaySeconds < 0 || DelaySeconds > maxDelaySeconds) {
    throw invalidValue('DelaySeconds', DelaySeconds, `DelaySeconds must be >= 0 and <= ${maxDelaySeconds}.`);
  }
  if (!settings.fifo) {
    return DelaySeconds;
  }
  if (DelaySeconds > 0) {
    throw notForThisQueueType('DelaySeconds', DelaySeconds);
  }
  return settings.delaySeconds;
}

/** Required in a FIFO queue. In a standard queue it may name a tenant (fair queues), and changes nothing here. */
function groupIdOf({ MessageGroupId }: SendRequest, { fifo }: QueueSettings): string | undefined {
  if (MessageGroupId === undefined && fifo) {
    throw missingParameter('MessageGroupId');
  }
  if (MessageGroupId !== undefined) {
    checkFifoId('MessageGroupId', MessageGroupId);
  }
  return MessageGroupId;
}

function deduplicationIdOf(request: SendRequest, settings: QueueSettings): string | undefined {
  const { MessageDeduplicationId, MessageBody = '' } = request;
  if (MessageDeduplicationId !== undefined) {
    if (!settings.fifo) {
      throw notForThisQueueType('MessageDeduplicationId', MessageDeduplicationId);
    }
    checkFifoId('MessageDeduplicationId', MessageDeduplicationId);
    return MessageDeduplicationId;
  }
  if (!settings.fifo) {
    return undefined;
  }
  if (settings.contentBasedDeduplication) {
    return createHash('sha256').update(MessageBody).digest('hex');
  }
  throw invalidParameter(
    'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
  );
}

function deduplicationKey(id: string | undefined, groupId = '', settings: QueueSettings): string | undefined {
  return id !== undefined && settings.deduplicationPerGroup ? `${groupId} ${id}` : id;
}

function checkFifoId(parameter: string, id: string): void {
  if (fifoId.test(id)) {
    return;
  }
  const reason = `${parameter} can only include alphanumeric and punctuation characters. 1 to 128 in length.`;
  throw invalidValue(parameter, id, reason);
}

function notForThisQueueType(parameter: string, value: unknown) {
  const reason = 'The request include parameter that is not valid for this queue type.';
  return invalidValue(parameter, value, reason);
}

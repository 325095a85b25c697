import type * as sqs from '@aws-sdk/client-sqs';
import type { Handlers } from '../../wire/operation.ts';
import { checkBatch, checkBatchSize, runBatch } from './batch.ts';
import { invalidValue, missingParameter } from './errors.ts';
import type { Accepted } from './queue/deduplication.ts';
import { sequenceNumber } from './queue/message.ts';
import { digestOfAttributes } from './queue/message-digest.ts';
import { type Arrival, maxVisibilitySeconds, type Queue } from './queue/queue.ts';
import type { Queues } from './queue/queues.ts';
import { receive } from './receive.ts';
import { arrivalOf, checkFifoBatch, type SendRequest } from './send.ts';

/** Sending, receiving and deleting messages. */
export function messageOperations(queues: Queues) {
  return {
    SendMessage: (input, call) => {
      const queue = queues.byUrl(input.QueueUrl);
      const arrival = arrivalOf(input, queue, call);
      const [accepted] = queue.send([arrival]);
      return sendResult(input, arrival, accepted, queue);
    },

    SendMessageBatch: ({ QueueUrl, Entries }, call) => {
      const queue = queues.byUrl(QueueUrl);
      const entries = checkBatch(Entries, 'SendMessageBatchRequestEntry');
      checkBatchSize(entries);
      checkFifoBatch(entries, queue.settings);
      const { Successful, Failed } = runBatch(entries, (entry) => ({
        entry,
        arrival: arrivalOf(entry, queue, call),
      }));
      // All at once, so that a consumer that waits gets them together.
      const accepted = queue.send(Successful.map(({ arrival }) => arrival));
      return {
        Successful: Successful.map(({ entry, arrival }, i) => ({
          Id: entry.Id,
          ...sendResult(entry, arrival, accepted[i], queue),
        })),
        Failed,
      };
    },

    ReceiveMessage: (input, { signal }) => receive(input, queues.byUrl(input.QueueUrl), signal),

    DeleteMessage: ({ QueueUrl, ReceiptHandle }) => {
      queues.byUrl(QueueUrl).delete(handleOf(ReceiptHandle));
      return {};
    },

    DeleteMessageBatch: ({ QueueUrl, Entries }) => {
      const queue = queues.byUrl(QueueUrl);
      return runBatch(checkBatch(Entries, 'DeleteMessageBatchRequestEntry'), ({ Id, ReceiptHandle }) => {
        queue.delete(handleOf(ReceiptHandle));
        return { Id };
      });
    },

    ChangeMessageVisibility: ({ QueueUrl, ReceiptHandle, VisibilityTimeout }) => {
      changeVisibility(queues.byUrl(QueueUrl), ReceiptHandle, VisibilityTimeout);
      return {};
    },

    ChangeMessageVisibilityBatch: ({ QueueUrl, Entries }) => {
      const queue = queues.byUrl(QueueUrl);
      const entries = checkBatch(Entries, 'ChangeMessageVisibilityBatchRequestEntry');
      return runBatch(entries, ({ Id, ReceiptHandle, VisibilityTimeout }) => {
        changeVisibility(queue, ReceiptHandle, VisibilityTimeout);
        return { Id };
      });
    },
  } satisfies Handlers<typeof sqs>;
}

function sendResult(request: SendRequest, { message }: Arrival, accepted: Accepted | undefined, queue: Queue) {
  const ofAttributes = digestOfAttributes(message.attributes);
  const ofSystemAttributes = digestOfAttributes(request.MessageSystemAttributes ?? {});
  return {
    // A duplicate in a FIFO queue is answered with what was accepted first.
    MessageId: accepted?.messageId ?? message.id,
    MD5OfMessageBody: message.bodyDigest,
    ...(ofAttributes !== undefined && { MD5OfMessageAttributes: ofAttributes }),
    ...(ofSystemAttributes !== undefined && { MD5OfMessageSystemAttributes: ofSystemAttributes }),
    ...(queue.settings.fifo && accepted && { SequenceNumber: sequenceNumber(accepted.sequence) }),
  };
}

function changeVisibility(queue: Queue, receiptHandle: string | undefined, seconds: number | undefined): void {
  if (seconds === undefined) {
    throw missingParameter('VisibilityTimeout');
  }
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > maxVisibilitySeconds) {
    throw invalidValue('VisibilityTimeout', seconds, `Must be between 0 and ${maxVisibilitySeconds}, if provided.`);
  }
  queue.changeVisibility(handleOf(receiptHandle), seconds);
}

function handleOf(receiptHandle: string | undefined): string {
  if (!receiptHandle) {
    throw missingParameter('ReceiptHandle');
  }
  return receiptHandle;
}

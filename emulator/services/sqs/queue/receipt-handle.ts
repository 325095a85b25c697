import { randomBytes } from 'node:crypto';
import * as sqs from '@aws-sdk/client-sqs';

/** Marks what was issued by this process, so that a handle is not mistaken for one of an earlier run. */
const issuer = randomBytes(6).toString('base64url');
let issued = 0;

/** A new receipt handle: each receive of a message has its own, and only the latest one deletes the message. */
export function newReceiptHandle(queueName: string, messageId: string): string {
  issued++;
  return Buffer.from(`${queueName} ${messageId} ${issuer}${issued}`).toString('base64');
}

/** The id of the message that a handle was issued for. @throws ReceiptHandleIsInvalid where it is of no or another queue. */
export function messageIdOf(receiptHandle: string, queueName: string): string {
  const [queue, messageId, receive] = Buffer.from(receiptHandle, 'base64').toString().split(' ');
  if (!messageId || !receive) {
    throw invalid(`The input receipt handle "${receiptHandle}" is not a valid receipt handle.`);
  }
  if (queue !== queueName) {
    throw invalid('The input receipt handle is invalid for this queue.');
  }
  return messageId;
}

function invalid(message: string): sqs.ReceiptHandleIsInvalid {
  return new sqs.ReceiptHandleIsInvalid({ message, $metadata: {} });
}

import type * as sqs from '@aws-sdk/client-sqs';
import { expect, onTestFinished, vi } from 'vitest';
import { internalCall, type Region } from '../../wire/operation.ts';
import { createSqs } from './sqs.ts';

export const region: Region = { accountId: '123456789012', name: 'eu-west-1', endpoint: 'http://127.0.0.1:4566' };

/** SQS with its clock in the test's hand, and short forms of what most tests do. */
export function startSqs() {
  vi.useFakeTimers({ now: new Date('2026-11-23T00:00:00Z') });
  const { operations, close } = createSqs(region);
  onTestFinished(() => {
    close();
    expect(vi.getTimerCount(), 'timers that are left').toBe(0);
    vi.useRealTimers();
  });
  const call = internalCall();
  const urlOf = (name: string) => `${region.endpoint}/${region.accountId}/${name}`;

  return {
    operations,
    call,
    urlOf,
    arnOf: (name: string) => `arn:aws:sqs:${region.name}:${region.accountId}:${name}`,
    create: (QueueName: string, Attributes: sqs.CreateQueueRequest['Attributes'] = {}) =>
      operations.CreateQueue({ QueueName, Attributes }).QueueUrl,
    send: (name: string, MessageBody: string, more: Partial<sqs.SendMessageRequest> = {}) =>
      operations.SendMessage({ QueueUrl: urlOf(name), MessageBody, ...more }, call),
    /** Messages with all their attributes. */
    receive: async (name: string, more: Partial<sqs.ReceiveMessageRequest> = {}, signal = call.signal) => {
      const input = {
        QueueUrl: urlOf(name),
        MaxNumberOfMessages: 10,
        MessageSystemAttributeNames: ['All' as const],
        ...more,
      };
      return (await operations.ReceiveMessage(input, { ...call, signal })).Messages ?? [];
    },
    remove: (name: string, ReceiptHandle: string | undefined) =>
      operations.DeleteMessage({ QueueUrl: urlOf(name), ReceiptHandle }),
    hide: (name: string, ReceiptHandle: string | undefined, VisibilityTimeout: number) =>
      operations.ChangeMessageVisibility({ QueueUrl: urlOf(name), ReceiptHandle, VisibilityTimeout }),
    /** Visible, in flight and delayed messages. */
    counts: (name: string) => {
      const { Attributes = {} } = operations.GetQueueAttributes({ QueueUrl: urlOf(name), AttributeNames: ['All'] });
      return ['', 'NotVisible', 'Delayed'].map((state) => Number(Attributes[`ApproximateNumberOfMessages${state}`]));
    },
    attributes: (name: string): NonNullable<sqs.GetQueueAttributesResult['Attributes']> =>
      operations.GetQueueAttributes({ QueueUrl: urlOf(name), AttributeNames: ['All'] }).Attributes ?? {},
  };
}

export const bodies = (messages: readonly sqs.Message[]) => messages.map(({ Body }) => Body);

/** Lets time pass, in seconds. */
export const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000);

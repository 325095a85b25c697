import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { Duration } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { expect } from 'vitest';
import { functionOf } from './constructs.fixture.ts';
import type { Pair } from './pair.fixture.ts';

/** A batch of which what is bad goes to the dead letters alone; the second version also finds `stale` bad. */
export const queueAndDeadLetters: Pair = {
  name: 'QueueAndDeadLetters',
  build: (stack, version) => {
    const dead = new Queue(stack, 'Dead');
    const queue = new Queue(stack, 'Orders', {
      visibilityTimeout: Duration.seconds(20),
      deadLetterQueue: { queue: dead, maxReceiveCount: 1 },
    });
    const sorter = functionOf(
      stack,
      'Sorter',
      `const bad = event.Records.filter(({ body }) => process.env.BAD.split(' ').some((word) => body.startsWith(word)));
      const batchItemFailures = bad.map(({ messageId }) => ({ itemIdentifier: messageId }));
      for (const { receiptHandle } of bad) {
        await send('sqs', 'ChangeMessageVisibility', { QueueUrl: process.env.QUEUE, ReceiptHandle: receiptHandle, VisibilityTimeout: 0 });
      }
      return { batchItemFailures };`,
      { environment: { BAD: version === 1 ? 'bad' : 'bad stale', QUEUE: queue.queueUrl } },
    );
    sorter.addEventSource(new SqsEventSource(queue, { reportBatchItemFailures: true }));
    return { Queue: queue.queueUrl, Dead: dead.queueUrl };
  },
  use: async ({ client, output, messages, fresh }, version) => {
    const Entries = ['good', 'bad', 'stale'].map((Id) => ({ Id, MessageBody: `${Id} ${fresh}` }));
    await client(SQSClient).send(new SendMessageBatchCommand({ QueueUrl: output('Queue'), Entries }));
    const expected = version === 1 ? [`bad ${fresh}`] : [`bad ${fresh}`, `stale ${fresh}`];
    expect((await messages('Dead', expected.length)).sort()).toEqual(expected);
  },
};

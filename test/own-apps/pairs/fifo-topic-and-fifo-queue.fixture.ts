import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { expect } from 'vitest';
import type { Pair } from './pair.fixture.ts';

/** A FIFO topic before a FIFO queue: what is published twice comes once; in the second version raw. */
export const fifoTopicAndFifoQueue: Pair = {
  name: 'FifoTopicAndFifoQueue',
  build: (stack, version) => {
    const topic = new Topic(stack, 'Steps', { fifo: true, contentBasedDeduplication: true });
    const queue = new Queue(stack, 'StepsQueue', { fifo: true });
    topic.addSubscription(new SqsSubscription(queue, { rawMessageDelivery: version === 2 }));
    return { Topic: topic.topicArn, Queue: queue.queueUrl };
  },
  use: async ({ client, output, messages, fresh }, version) => {
    for (const step of ['mix', 'mix', 'bake']) {
      const message = { TopicArn: output('Topic'), Message: `${step} ${fresh}`, MessageGroupId: fresh };
      await client(SNSClient).send(new PublishCommand(message));
    }
    const bodies = await messages('Queue', 2);
    const told = version === 1 ? bodies.map((body) => JSON.parse(body).Message) : bodies;
    expect(told).toEqual([`mix ${fresh}`, `bake ${fresh}`]);
  },
};

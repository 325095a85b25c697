import { Duration, NestedStack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { expect } from 'vitest';
import { functionOf } from './constructs.fixture.ts';
import type { Pair } from './pair.fixture.ts';

/** A queue of a nested stack, and a function of the stack around it; the second version changes both. */
export const nestedStackAndQueue: Pair = {
  name: 'NestedStackAndQueue',
  build: (stack, version) => {
    const nested = new NestedStack(stack, 'Nested');
    const queue = new Queue(nested, 'Queue', { visibilityTimeout: Duration.seconds(10 * version) });
    const sender = functionOf(
      stack,
      'Sender',
      `const QueueUrl = process.env.QUEUE;
      await send('sqs', 'SendMessage', { QueueUrl, MessageBody: event.text + process.env.VERSION });
      const { Attributes } = await send('sqs', 'GetQueueAttributes', { QueueUrl, AttributeNames: ['VisibilityTimeout'] });
      return Number(Attributes.VisibilityTimeout);`,
      { environment: { QUEUE: queue.queueUrl, VERSION: String(version) } },
    );
    queue.grantSendMessages(sender);
    return { Function: sender.functionName, Queue: queue.queueUrl };
  },
  use: async ({ invoke, messages, fresh }, version) => {
    expect(await invoke('Function', { text: fresh })).toBe(10 * version);
    expect(await messages('Queue')).toEqual([`${fresh}${version}`]);
  },
};

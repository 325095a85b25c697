import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SubscriptionFilter, Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { expect } from 'vitest';
import type { Pair } from './pair.fixture.ts';

/** A topic that a queue hears in part, raw, and another in whole; the second version hears of another kind. */
export const topicAndQueue: Pair = {
  name: 'TopicAndQueue',
  build: (stack, version) => {
    const topic = new Topic(stack, 'News');
    const [some, all] = [new Queue(stack, 'Some'), new Queue(stack, 'All')];
    const kind = SubscriptionFilter.stringFilter({ allowlist: [version === 1 ? 'sweet' : 'savoury'] });
    topic.addSubscription(new SqsSubscription(some, { rawMessageDelivery: true, filterPolicy: { kind } }));
    topic.addSubscription(new SqsSubscription(all));
    return { Topic: topic.topicArn, Some: some.queueUrl, All: all.queueUrl };
  },
  use: async ({ client, output, messages, fresh }, version) => {
    for (const kind of ['sweet', 'savoury']) {
      const MessageAttributes = { kind: { DataType: 'String', StringValue: kind } };
      const message = { TopicArn: output('Topic'), Message: `${kind} ${fresh}`, MessageAttributes };
      await client(SNSClient).send(new PublishCommand(message));
    }
    expect(await messages('Some')).toEqual([`${version === 1 ? 'sweet' : 'savoury'} ${fresh}`]);
    const all = (await messages('All', 2)).map((body) => JSON.parse(body).Message);
    expect(all.sort()).toEqual([`savoury ${fresh}`, `sweet ${fresh}`]);
  },
};

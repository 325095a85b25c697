import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { EventBus, type IEventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SnsTopic, EventBus as ToBus } from 'aws-cdk-lib/aws-events-targets';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { expect } from 'vitest';
import type { Pair } from './pair.fixture.ts';

/** From the default bus to one's own, from there to a topic, and to a queue; the second version wants another source. */
export const ruleAndTopic: Pair = {
  name: 'RuleAndTopic',
  build: (stack, version) => {
    const [bus, topic, queue] = [new EventBus(stack, 'Bus'), new Topic(stack, 'News'), new Queue(stack, 'Told')];
    topic.addSubscription(new SqsSubscription(queue, { rawMessageDelivery: true }));
    const source = [`rule-and-topic.v${version}`];
    new Rule(stack, 'Over', { eventPattern: { source }, targets: [new ToBus(bus as IEventBus)] });
    new Rule(stack, 'Tell', { eventBus: bus, eventPattern: { source }, targets: [new SnsTopic(topic)] });
    return { Queue: queue.queueUrl };
  },
  use: async ({ client, messages, fresh }, version) => {
    const Entries = [1, 2].map((n) => ({
      Source: `rule-and-topic.v${n}`,
      DetailType: 'Told',
      Detail: JSON.stringify({ fresh, n }),
    }));
    await client(EventBridgeClient).send(new PutEventsCommand({ Entries }));
    const [told = '{}'] = await messages('Queue');
    expect(JSON.parse(told)).toMatchObject({ 'detail-type': 'Told', detail: { fresh, n: version } });
  },
};

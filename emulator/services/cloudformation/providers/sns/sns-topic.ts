import { internalCall } from '../../../../wire/operation.ts';
import type { Properties, ResourceProvider } from '../../provider.ts';
import { apiInput, booleanOf, documentOf, textOf } from '../api-input.ts';
import { complete } from '../completion.ts';
import { unlessGone } from '../gone.ts';
import { isChanged, pick, withDefaults } from '../property-change.ts';
import type { ServiceOperations } from '../service-operations.ts';
import { changeTags, tagList } from '../tags.ts';

/** The attributes that can be changed, with what a topic has where a template no longer says. */
const attributeDefaults = {
  ArchivePolicy: '',
  ContentBasedDeduplication: 'false',
  DataProtectionPolicy: '',
  DisplayName: '',
  FifoThroughputScope: 'Topic',
  KmsMasterKeyId: '',
  SignatureVersion: '1',
  TracingConfig: 'PassThrough',
};
const attributeNames = Object.keys(attributeDefaults);
const documents = ['ArchivePolicy', 'DataProtectionPolicy'];

/** Source: CloudFormation User Guide, "AWS::SNS::Topic". `Ref` is the topic's ARN. */
export function snsTopic(sns: ServiceOperations['sns']): ResourceProvider {
  return {
    type: 'AWS::SNS::Topic',
    nameProperty: 'TopicName',
    properties: {
      ArchivePolicy: 'in place',
      ContentBasedDeduplication: 'in place',
      DataProtectionPolicy: 'in place',
      DeliveryStatusLogging: 'in place',
      DisplayName: 'in place',
      FifoThroughputScope: 'in place',
      FifoTopic: 'replacement',
      KmsMasterKeyId: 'in place',
      SignatureVersion: 'in place',
      Subscription: 'in place',
      Tags: 'in place',
      TopicName: 'replacement',
      TracingConfig: 'in place',
    },
    shortfallOf: ({ DeliveryStatusLogging }) =>
      DeliveryStatusLogging === undefined ? undefined : 'Recorded only: this endpoint logs no delivery of a topic.',
    create: async (properties, { physicalName }) => {
      const { CreateTopicCommand } = await import('@aws-sdk/client-sns');
      const fifo = properties['FifoTopic'] !== undefined && booleanOf(properties['FifoTopic'], '#/FifoTopic');
      const given = properties['TopicName'];
      const Name =
        given === undefined ? physicalName(256, fifo ? { suffix: '.fifo' } : {}) : textOf(given, '#/TopicName');
      const Attributes = { ...attributesOf(properties), ...(fifo && { FifoTopic: 'true' }) };
      const input = apiInput(CreateTopicCommand, { Name, Attributes, Tags: tagList(properties['Tags']) });
      const operations = await sns();
      const { TopicArn = '' } = await operations.CreateTopic(input, internalCall());
      await complete(
        () => subscribe(TopicArn, properties),
        () => operations.DeleteTopic({ TopicArn }, internalCall()),
      );
      return { physicalId: TopicArn, attributes: { TopicArn, TopicName: Name } };
    },
    update: async (topic, properties, previous) => {
      const TopicArn = topic.physicalId;
      const operations = await sns();
      if (isChanged(previous, properties, attributeNames)) {
        const attributes = attributesOf(withDefaults(previous, properties, attributeDefaults));
        for (const [AttributeName, value] of Object.entries(attributes)) {
          const AttributeValue = textOf(value, `#/${AttributeName}`);
          await operations.SetTopicAttributes({ TopicArn, AttributeName, AttributeValue }, internalCall());
        }
      }
      if (isChanged(previous, properties, ['Subscription'])) {
        await unsubscribe(TopicArn, previous, properties);
        await subscribe(TopicArn, properties);
      }
      await changeTags(previous, properties, {
        set: (tags) => operations.TagResource({ ResourceArn: TopicArn, Tags: tagList(tags) }, internalCall()),
        remove: (TagKeys) => operations.UntagResource({ ResourceArn: TopicArn, TagKeys }, internalCall()),
      });
      return topic;
    },
    delete: ({ physicalId: TopicArn }) =>
      unlessGone(async () => (await sns()).DeleteTopic({ TopicArn }, internalCall())),
  };

  async function subscribe(TopicArn: string, properties: Properties): Promise<void> {
    const operations = await sns();
    for (const { Protocol, Endpoint } of subscriptionsOf(properties)) {
      await operations.Subscribe({ TopicArn, Protocol, Endpoint }, internalCall());
    }
  }

  async function unsubscribe(TopicArn: string, previous: Properties, properties: Properties): Promise<void> {
    const operations = await sns();
    const kept = subscriptionsOf(properties).map(keyOf);
    const gone = subscriptionsOf(previous)
      .map(keyOf)
      .filter((key) => !kept.includes(key));
    const { Subscriptions = [] } = await operations.ListSubscriptionsByTopic({ TopicArn }, internalCall());
    for (const subscription of Subscriptions.filter((one) => gone.includes(keyOf(one)))) {
      await operations.Unsubscribe({ SubscriptionArn: subscription.SubscriptionArn }, internalCall());
    }
  }
}

const keyOf = ({ Protocol, Endpoint }: { Protocol?: string | undefined; Endpoint?: string | undefined }) =>
  `${Protocol} ${Endpoint}`;

const subscriptionsOf = ({ Subscription = [] }: Properties) =>
  (Subscription as Properties[]).map(({ Protocol, Endpoint }, i) => ({
    Protocol: textOf(Protocol, `#/Subscription/${i}/Protocol`),
    Endpoint: textOf(Endpoint, `#/Subscription/${i}/Endpoint`),
  }));

function attributesOf(properties: Properties): Properties {
  const attributes = Object.entries(pick(properties, attributeNames));
  return Object.fromEntries(
    attributes.map(([name, value]) => [name, documents.includes(name) ? documentOf(value) : value]),
  );
}

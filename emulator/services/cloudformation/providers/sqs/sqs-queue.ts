import { CreateQueueCommand, QueueDoesNotExist, QueueNameExists, SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { internalCall } from '../../../../wire/operation.ts';
import type { Properties, Resource, ResourceProvider } from '../../provider.ts';
import { apiInput, booleanOf, documentOf, textOf } from '../api-input.ts';
import { ifPresent, unlessGone } from '../gone.ts';
import { isChanged, pick, withDefaults } from '../property-change.ts';
import type { ServiceOperations } from '../service-operations.ts';
import { changeTags, tagMap } from '../tags.ts';

/** The attributes that can be changed, with what CloudFormation sets where a template no longer does. */
const attributeNames = {
  ContentBasedDeduplication: 'false',
  DeduplicationScope: 'queue',
  DelaySeconds: '0',
  FifoThroughputLimit: 'perQueue',
  KmsDataKeyReusePeriodSeconds: '300',
  KmsMasterKeyId: '',
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  ReceiveMessageWaitTimeSeconds: '0',
  RedriveAllowPolicy: '',
  RedrivePolicy: '',
  SqsManagedSseEnabled: 'true',
  VisibilityTimeout: '30',
};
const names = Object.keys(attributeNames);

/** Source: CloudFormation User Guide, "AWS::SQS::Queue". `Ref` is the queue's URL. */
export function sqsQueue(sqs: ServiceOperations['sqs']): ResourceProvider {
  return {
    type: 'AWS::SQS::Queue',
    nameProperty: 'QueueName',
    properties: {
      ContentBasedDeduplication: 'in place',
      DeduplicationScope: 'in place',
      DelaySeconds: 'in place',
      FifoQueue: 'replacement',
      FifoThroughputLimit: 'in place',
      KmsDataKeyReusePeriodSeconds: 'in place',
      KmsMasterKeyId: 'in place',
      MaximumMessageSize: 'in place',
      MessageRetentionPeriod: 'in place',
      QueueName: 'replacement',
      ReceiveMessageWaitTimeSeconds: 'in place',
      RedriveAllowPolicy: 'in place',
      RedrivePolicy: 'in place',
      SqsManagedSseEnabled: 'in place',
      Tags: 'in place',
      VisibilityTimeout: 'in place',
    },
    create: async (properties, { physicalName }) => {
      const fifo = properties['FifoQueue'] !== undefined && booleanOf(properties['FifoQueue'], '#/FifoQueue');
      const given = properties['QueueName'];
      const QueueName =
        given === undefined ? physicalName(80, fifo ? { suffix: '.fifo' } : {}) : textOf(given, '#/QueueName');
      await assertUnused(QueueName);
      const Attributes = { ...attributesOf(properties), ...(fifo && { FifoQueue: 'true' }) };
      const input = apiInput(CreateQueueCommand, { QueueName, Attributes, tags: tagMap(properties['Tags']) });
      const { QueueUrl = '' } = await sqs.CreateQueue(input, internalCall());
      return describe(QueueUrl);
    },
    update: async (queue, properties, previous) => {
      const QueueUrl = queue.physicalId;
      if (isChanged(previous, properties, names)) {
        const Attributes = attributesOf(withDefaults(previous, properties, attributeNames));
        await sqs.SetQueueAttributes(apiInput(SetQueueAttributesCommand, { QueueUrl, Attributes }), internalCall());
      }
      await changeTags(previous, properties, {
        set: (Tags) => sqs.TagQueue({ QueueUrl, Tags }, internalCall()),
        remove: (TagKeys) => sqs.UntagQueue({ QueueUrl, TagKeys }, internalCall()),
      });
      return queue;
    },
    delete: ({ physicalId }) => unlessGone(() => sqs.DeleteQueue({ QueueUrl: physicalId }, internalCall())),
    read: ({ physicalId: QueueUrl }) =>
      ifPresent(async () => {
        const { Attributes = {} } = await sqs.GetQueueAttributes({ QueueUrl, AttributeNames: ['All'] }, internalCall());
        const { RedrivePolicy, RedriveAllowPolicy, ...attributes } = pick(Attributes, names);
        return {
          ...attributes,
          RedrivePolicy: RedrivePolicy === undefined ? undefined : JSON.parse(String(RedrivePolicy)),
          RedriveAllowPolicy: RedriveAllowPolicy === undefined ? undefined : JSON.parse(String(RedriveAllowPolicy)),
        };
      }),
    identifier: 'QueueUrl',
    // By its URL, or by the name that a template gives it.
    find: (identifier) =>
      ifPresent(async () => {
        const isUrl = identifier.includes('/');
        const { QueueUrl } = isUrl
          ? { QueueUrl: identifier }
          : await sqs.GetQueueUrl({ QueueName: identifier }, internalCall());
        return describe(QueueUrl ?? '');
      }),
  };

  /** CreateQueue answers with a queue that exists already; then two resources would own one queue. */
  async function assertUnused(QueueName: string): Promise<void> {
    try {
      await sqs.GetQueueUrl({ QueueName }, internalCall());
    } catch (error) {
      if (error instanceof QueueDoesNotExist) {
        return;
      }
      throw error;
    }
    throw new QueueNameExists({ message: `A queue named ${QueueName} already exists.`, $metadata: {} });
  }

  async function describe(QueueUrl: string): Promise<Resource> {
    const { Attributes } = await sqs.GetQueueAttributes({ QueueUrl, AttributeNames: ['QueueArn'] }, internalCall());
    const QueueName = QueueUrl.slice(QueueUrl.lastIndexOf('/') + 1);
    return { physicalId: QueueUrl, attributes: { Arn: Attributes?.QueueArn, QueueName, QueueUrl } };
  }
}

function attributesOf(properties: Properties): Properties {
  const { RedrivePolicy, RedriveAllowPolicy, ...attributes } = pick(properties, names);
  return {
    ...attributes,
    ...(RedrivePolicy !== undefined && { RedrivePolicy: documentOf(RedrivePolicy) }),
    ...(RedriveAllowPolicy !== undefined && { RedriveAllowPolicy: documentOf(RedriveAllowPolicy) }),
  };
}

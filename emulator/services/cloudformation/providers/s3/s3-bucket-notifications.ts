import { PutBucketNotificationConfigurationCommand } from '@aws-sdk/client-s3';
import { internalCall } from '../../../../wire/operation.ts';
import type { Properties, ResourceContext, ResourceProvider } from '../../provider.ts';
import { apiInput, booleanOf, textOf } from '../api-input.ts';
import { unlessGone } from '../gone.ts';
import type { ServiceOperations } from '../service-operations.ts';

const lists = ['LambdaFunctionConfigurations', 'QueueConfigurations', 'TopicConfigurations'] as const;

/**
 * What CDK's `addEventNotification` makes. Its handler is Python, and does no more than this: it puts the bucket's notifications, all of
 * them where the bucket is of the same stack (`Managed`), and otherwise beside those that others have put.
 */
export function customS3BucketNotifications(s3: ServiceOperations['s3']): ResourceProvider {
  async function put(properties: Properties, own: Properties, context: ResourceContext): Promise<void> {
    const { BucketName, Managed = true, SkipDestinationValidation = false } = properties;
    const Bucket = textOf(BucketName, '#/BucketName');
    const prefix = `${context.stackId}-`;
    const named = Object.fromEntries(
      lists.map((list) => [
        list,
        ((own[list] ?? []) as Properties[]).map((one, n) => ({ ...one, Id: `${prefix}${context.logicalId}-${n}` })),
      ]),
    );
    const others = booleanOf(Managed, '#/Managed') ? {} : await othersOf(Bucket, prefix);
    const NotificationConfiguration = {
      ...own,
      ...Object.fromEntries(lists.map((list) => [list, [...(others[list] ?? []), ...(named[list] ?? [])]])),
      ...(others['EventBridgeConfiguration'] && { EventBridgeConfiguration: {} }),
    };
    const input = apiInput(PutBucketNotificationConfigurationCommand, {
      Bucket,
      NotificationConfiguration,
      SkipDestinationValidation,
    });
    await s3.PutBucketNotificationConfiguration(input, internalCall());
  }

  async function othersOf(Bucket: string, prefix: string): Promise<Record<string, Properties[]>> {
    const present = (await s3.GetBucketNotificationConfiguration({ Bucket }, internalCall())) as Properties;
    return Object.fromEntries(
      Object.entries(present).map(([name, value]) => [
        name,
        Array.isArray(value)
          ? (value as Properties[]).filter(({ Id }) => !String(Id).startsWith(prefix))
          : [value as Properties],
      ]),
    ) as Record<string, Properties[]>;
  }

  const configurationOf = ({ NotificationConfiguration = {} }: Properties) => NotificationConfiguration as Properties;
  return {
    type: 'Custom::S3BucketNotifications',
    properties: {
      BucketName: 'replacement',
      Managed: 'in place',
      NotificationConfiguration: 'in place',
      ServiceToken: 'in place',
      SkipDestinationValidation: 'in place',
    },
    create: async (properties, context) => {
      await put(properties, configurationOf(properties), context);
      return { physicalId: context.physicalName(128), attributes: {} };
    },
    update: async (resource, properties, _previous, context) => {
      await put(properties, configurationOf(properties), context);
      return resource;
    },
    delete: (_resource, properties, context) =>
      unlessGone(() => put({ ...properties, SkipDestinationValidation: true }, {}, context)),
  };
}

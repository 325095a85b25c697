import type { Properties } from '../../provider.ts';
import { booleanOf } from '../api-input.ts';

/** The lists of a template and of the API, with what each calls its destination. */
const lists = [
  ['LambdaConfigurations', 'Function', 'LambdaFunctionConfigurations', 'LambdaFunctionArn'],
  ['QueueConfigurations', 'Queue', 'QueueConfigurations', 'QueueArn'],
  ['TopicConfigurations', 'Topic', 'TopicConfigurations', 'TopicArn'],
] as const;

/**
 * `NotificationConfiguration` as PutBucketNotificationConfiguration takes it: a template has one event in each entry. What the API does
 * not know it refuses by name. Source: CloudFormation User Guide, "AWS::S3::Bucket NotificationConfiguration".
 */
export function notificationsOf(property: unknown): Properties {
  const { EventBridgeConfiguration, ...given } = property as Properties;
  const names: readonly string[] = lists.map(([name]) => name);
  const converted = lists.map(([name, destination, apiName, apiDestination]) => {
    const entries = (given[name] ?? []) as Properties[];
    return [apiName, entries.map((entry) => entryOf(entry, destination, apiDestination))] as const;
  });
  return {
    ...Object.fromEntries(Object.entries(given).filter(([name]) => !names.includes(name))),
    ...Object.fromEntries(converted.filter(([, entries]) => entries.length > 0)),
    ...(isEventBridgeEnabled(EventBridgeConfiguration) && { EventBridgeConfiguration: {} }),
  };
}

function entryOf(entry: Properties, destination: string, apiDestination: string): Properties {
  const { Event, Filter, [destination]: arn, ...others } = entry;
  return {
    ...others,
    [apiDestination]: arn,
    Events: [Event],
    ...(Filter !== undefined && { Filter: filterOf(Filter as Properties) }),
  };
}

function filterOf({ S3Key, ...others }: Properties): Properties {
  const { Rules, ...rest } = (S3Key ?? {}) as Properties;
  return { ...others, Key: { ...rest, FilterRules: Rules } };
}

function isEventBridgeEnabled(configuration: unknown): boolean {
  if (configuration === undefined) {
    return false;
  }
  const { EventBridgeEnabled = true } = configuration as Properties;
  return booleanOf(EventBridgeEnabled, '#/NotificationConfiguration/EventBridgeConfiguration/EventBridgeEnabled');
}

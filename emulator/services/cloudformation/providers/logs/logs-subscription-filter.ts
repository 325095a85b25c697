import { PutSubscriptionFilterCommand } from '@aws-sdk/client-cloudwatch-logs';
import { internalCall } from '../../../../wire/operation.ts';
import type { Properties, ResourceProvider } from '../../provider.ts';
import { apiInput, textOf } from '../api-input.ts';
import { unlessGone } from '../gone.ts';
import type { ServiceOperations } from '../service-operations.ts';

/** Source: CloudFormation User Guide, "AWS::Logs::SubscriptionFilter". `Ref` is the filter's name. */
export function logsSubscriptionFilter(logs: ServiceOperations['logs']): ResourceProvider {
  const put = async (filterName: string, properties: Properties) => {
    const input = apiInput(PutSubscriptionFilterCommand, {
      filterName,
      logGroupName: properties['LogGroupName'],
      filterPattern: properties['FilterPattern'],
      destinationArn: properties['DestinationArn'],
      roleArn: properties['RoleArn'],
      distribution: properties['Distribution'],
    });
    await logs.PutSubscriptionFilter(input, internalCall());
    return { physicalId: filterName, attributes: {} };
  };
  return {
    type: 'AWS::Logs::SubscriptionFilter',
    properties: {
      DestinationArn: 'in place',
      Distribution: 'in place',
      FilterName: 'replacement',
      FilterPattern: 'in place',
      LogGroupName: 'replacement',
      RoleArn: 'in place',
    },
    create: (properties, { physicalName }) =>
      put(textOf(properties['FilterName'] ?? physicalName(512), '#/FilterName'), properties),
    update: ({ physicalId }, properties) => put(physicalId, properties),
    delete: ({ physicalId: filterName }, { LogGroupName }) => {
      const logGroupName = textOf(LogGroupName, '#/LogGroupName');
      return unlessGone(() => logs.DeleteSubscriptionFilter({ logGroupName, filterName }, internalCall()));
    },
  };
}

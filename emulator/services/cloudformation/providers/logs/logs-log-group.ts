import { CreateLogGroupCommand, PutRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs';
import { arn, internalCall } from '../../../../wire/operation.ts';
import { validationError } from '../../errors.ts';
import type { Properties, ResourceProvider } from '../../provider.ts';
import { apiInput, booleanOf } from '../api-input.ts';
import { complete } from '../completion.ts';
import { unlessGone } from '../gone.ts';
import { isChanged } from '../property-change.ts';
import type { ServiceOperations } from '../service-operations.ts';
import { changeTags, tagMap } from '../tags.ts';

/** Source: CloudFormation User Guide, "AWS::Logs::LogGroup". `Ref` is the group's name; without a retention events never expire. */
export function logsLogGroup(logs: ServiceOperations['logs']): ResourceProvider {
  const remove = (logGroupName: string) => unlessGone(() => logs.DeleteLogGroup({ logGroupName }, internalCall()));
  const setRetention = async (logGroupName: string, { RetentionInDays: retentionInDays }: Properties) => {
    if (retentionInDays === undefined) {
      await logs.DeleteRetentionPolicy({ logGroupName }, internalCall());
    } else {
      const input = apiInput(PutRetentionPolicyCommand, { logGroupName, retentionInDays });
      await logs.PutRetentionPolicy(input, internalCall());
    }
  };

  return {
    type: 'AWS::Logs::LogGroup',
    nameProperty: 'LogGroupName',
    properties: {
      DataProtectionPolicy: 'in place',
      DeletionProtectionEnabled: 'in place',
      KmsKeyId: 'in place',
      LogGroupClass: 'in place',
      LogGroupName: 'replacement',
      RetentionInDays: 'in place',
      Tags: 'in place',
    },
    recorded: { DataProtectionPolicy: 'nothing is masked', KmsKeyId: 'nothing is encrypted' },
    create: async (properties, { physicalName, region }) => {
      const tags = tagMap(properties['Tags']);
      const { logGroupName = '', ...input } = apiInput(CreateLogGroupCommand, {
        logGroupName: properties['LogGroupName'] ?? physicalName(512),
        logGroupClass: properties['LogGroupClass'],
        deletionProtectionEnabled: properties['DeletionProtectionEnabled'],
        ...(Object.keys(tags).length > 0 && { tags }),
      });
      await logs.CreateLogGroup({ logGroupName, ...input }, internalCall());
      if (properties['RetentionInDays'] !== undefined) {
        await complete(
          () => setRetention(logGroupName, properties),
          () => remove(logGroupName),
        );
      }
      const Arn = arn(region, 'logs', `log-group:${logGroupName}:*`);
      return { physicalId: logGroupName, attributes: { Arn } };
    },
    update: async (group, properties, previous, { region }) => {
      if (isChanged(previous, properties, ['LogGroupClass'])) {
        throw validationError('The class of a log group cannot be changed: LogGroupClass.');
      }
      if (isChanged(previous, properties, ['RetentionInDays'])) {
        await setRetention(group.physicalId, properties);
      }
      const resourceArn = arn(region, 'logs', `log-group:${group.physicalId}`);
      if (isChanged(previous, properties, ['DeletionProtectionEnabled'])) {
        const { DeletionProtectionEnabled = false } = properties;
        const deletionProtectionEnabled = booleanOf(DeletionProtectionEnabled, '#/DeletionProtectionEnabled');
        const input = { logGroupIdentifier: resourceArn, deletionProtectionEnabled };
        await logs.PutLogGroupDeletionProtection(input, internalCall());
      }
      await changeTags(previous, properties, {
        set: (tags) => logs.TagResource({ resourceArn, tags }, internalCall()),
        remove: (tagKeys) => logs.UntagResource({ resourceArn, tagKeys }, internalCall()),
      });
      return group;
    },
    delete: ({ physicalId }) => remove(physicalId),
    read: async ({ physicalId }) => {
      const found = await named(physicalId);
      return (
        found && {
          RetentionInDays: found.retentionInDays,
          LogGroupClass: found.logGroupClass,
          DeletionProtectionEnabled: found.deletionProtectionEnabled ?? false,
        }
      );
    },
    identifier: 'LogGroupName',
    find: async (name, { region }) => {
      const found = await named(name);
      return found && { physicalId: name, attributes: { Arn: arn(region, 'logs', `log-group:${name}:*`) } };
    },
  };

  async function named(logGroupName: string) {
    const { logGroups = [] } = await logs.DescribeLogGroups({ logGroupNamePrefix: logGroupName }, internalCall());
    return logGroups.find((group) => group.logGroupName === logGroupName);
  }
}

import * as logs from '@aws-sdk/client-cloudwatch-logs';
import type { Handlers } from '../../wire/operation.ts';
import { constraintViolated, invalidParameter } from './errors.ts';
import type { LogGroup } from './log-group.ts';
import type { LogGroups } from './log-groups.ts';
import { pageOf } from './paging.ts';

/** The retentions there are, in days: see PutRetentionPolicy. */
const retentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** The operations on log groups. */
export function logGroupOperations(groups: LogGroups) {
  return {
    CreateLogGroup: (input) => {
      groups.create(input);
      return {};
    },

    DeleteLogGroup: ({ logGroupName }) => {
      const group = groups.get(logGroupName);
      if (group.deletionProtected) {
        throw new logs.ValidationException({
          message: `The log group ${group.name} has deletion protection enabled and cannot be deleted.`,
          $metadata: {},
        });
      }
      groups.delete(group);
      return {};
    },

    DescribeLogGroups: (input) => {
      const { logGroupNamePrefix, logGroupNamePattern, logGroupClass, logGroupIdentifiers } = input;
      if (logGroupNamePrefix !== undefined && logGroupNamePattern !== undefined) {
        throw invalidParameter('LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.');
      }
      const pattern = logGroupNamePattern?.toLowerCase() ?? '';
      const found = groups
        .sorted()
        .filter(({ name }) => name.startsWith(logGroupNamePrefix ?? '') && name.toLowerCase().includes(pattern))
        .filter((group) => logGroupClass === undefined || group.logGroupClass === logGroupClass)
        .filter(({ name, arn }) => logGroupIdentifiers?.some((id) => id === name || id === arn) ?? true);
      const { items, ...next } = pageOf(found, ({ name }) => name, input);
      return { logGroups: items.map(describe), ...next };
    },

    PutRetentionPolicy: ({ logGroupName, retentionInDays = 0 }) => {
      const group = groups.get(logGroupName);
      if (!retentions.includes(retentionInDays)) {
        const constraint = `Member must satisfy enum value set: [${retentions.join(', ')}]`;
        throw constraintViolated('retentionInDays', retentionInDays, constraint);
      }
      group.retentionInDays = retentionInDays;
      return {};
    },

    DeleteRetentionPolicy: ({ logGroupName }) => {
      groups.get(logGroupName).retentionInDays = undefined;
      return {};
    },

    PutLogGroupDeletionProtection: ({ logGroupIdentifier = '', deletionProtectionEnabled = false }) => {
      groups.byArn(logGroupIdentifier).deletionProtected = deletionProtectionEnabled;
      return {};
    },
  } satisfies Handlers<typeof logs>;
}

function describe(group: LogGroup): logs.LogGroup {
  return {
    logGroupName: group.name,
    creationTime: group.created,
    ...(group.retentionInDays !== undefined && { retentionInDays: group.retentionInDays }),
    metricFilterCount: 0,
    arn: `${group.arn}:*`,
    storedBytes: group.storedBytes,
    ...(group.kmsKeyId !== undefined && { kmsKeyId: group.kmsKeyId }),
    logGroupClass: group.logGroupClass,
    logGroupArn: group.arn,
    deletionProtectionEnabled: group.deletionProtected,
  };
}

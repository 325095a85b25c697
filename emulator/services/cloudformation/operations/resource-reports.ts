import type * as cfn from '@aws-sdk/client-cloudformation';
import type { Handlers } from '../../../wire/operation.ts';
import type { Engine } from '../engine.ts';
import { validationError } from '../errors.ts';
import type { StackResource } from '../model.ts';
import type { Stack } from '../stack/stack.ts';

/** The operations that tell what resources stacks have. */
export function resourceReports({ stacks }: Engine) {
  return {
    DescribeStackResources: ({ StackName, LogicalResourceId, PhysicalResourceId }) => {
      const stack = StackName === undefined ? ownerOf(PhysicalResourceId, stacks.all()) : stacks.get(StackName);
      const records = [...stack.resources.values()].filter(
        ({ logicalId }) => LogicalResourceId === undefined || logicalId === LogicalResourceId,
      );
      return {
        StackResources: records.map((record) => ({
          StackName: stack.name,
          StackId: stack.id,
          ...summaryOf(record),
          Timestamp: record.timestamp,
          DriftInformation: { StackResourceDriftStatus: stack.driftOf(record.logicalId).status },
        })),
      };
    },
    DescribeStackResource: ({ StackName, LogicalResourceId = '' }) => {
      const stack = stacks.get(StackName);
      const record = stack.resources.get(LogicalResourceId);
      if (!record) {
        throw validationError(`Resource ${LogicalResourceId} does not exist for stack ${stack.name}`);
      }
      return {
        StackResourceDetail: {
          StackName: stack.name,
          StackId: stack.id,
          ...summaryOf(record),
          LastUpdatedTimestamp: record.timestamp,
          Metadata: JSON.stringify(record.definition.Metadata ?? {}),
          DriftInformation: { StackResourceDriftStatus: stack.driftOf(record.logicalId).status },
        },
      };
    },
    ListStackResources: ({ StackName }) => {
      const stack = stacks.get(StackName);
      return {
        StackResourceSummaries: [...stack.resources.values()].map((record) => ({
          ...summaryOf(record),
          LastUpdatedTimestamp: record.timestamp,
          DriftInformation: { StackResourceDriftStatus: stack.driftOf(record.logicalId).status },
        })),
      };
    },
  } satisfies Handlers<typeof cfn>;
}

function summaryOf({ logicalId, definition, resource, status, statusReason }: StackResource) {
  return {
    LogicalResourceId: logicalId,
    PhysicalResourceId: resource?.physicalId,
    ResourceType: definition.Type,
    ResourceStatus: status,
    ResourceStatusReason: statusReason,
  };
}

function ownerOf(physicalId: string | undefined, stacks: readonly Stack[]): Stack {
  const owner = stacks.find(
    (stack) =>
      !stack.isDeleted && [...stack.resources.values()].some(({ resource }) => resource?.physicalId === physicalId),
  );
  if (!owner || physicalId === undefined) {
    throw validationError(`Stack for ${physicalId} does not exist`);
  }
  return owner;
}

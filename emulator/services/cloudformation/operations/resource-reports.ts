import { randomUUID } from 'node:crypto';
import type * as cfn from '@aws-sdk/client-cloudformation';
import type { Handlers } from '../../../wire/operation.ts';
import type { Engine } from '../engine.ts';
import { validationError } from '../errors.ts';
import type { StackResource } from '../model.ts';
import type { Stack } from '../stack/stack.ts';

const notChecked = { StackResourceDriftStatus: 'NOT_CHECKED' } as const;

/** The operations that tell what resources stacks have. */
export function resourceReports({ stacks }: Engine) {
  /** Drift detections by id, with the stack that each was started for. */
  const detections = new Map<string, { readonly stack: Stack; readonly at: Date }>();
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
          DriftInformation: notChecked,
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
          DriftInformation: notChecked,
        },
      };
    },
    ListStackResources: ({ StackName }) => ({
      StackResourceSummaries: [...stacks.get(StackName).resources.values()].map((record) => ({
        ...summaryOf(record),
        LastUpdatedTimestamp: record.timestamp,
        DriftInformation: notChecked,
      })),
    }),
    // Providers do not read resources back, so a detection finds out nothing, and its answers say just that.
    DetectStackDrift: ({ StackName }) => {
      const StackDriftDetectionId = randomUUID();
      detections.set(StackDriftDetectionId, { stack: stacks.getForChange(StackName), at: new Date() });
      return { StackDriftDetectionId };
    },
    DescribeStackDriftDetectionStatus: ({ StackDriftDetectionId = '' }) => {
      const detection = detections.get(StackDriftDetectionId);
      if (!detection) {
        throw validationError(`Drift detection ${StackDriftDetectionId} does not exist`);
      }
      return {
        StackId: detection.stack.id,
        StackDriftDetectionId,
        StackDriftStatus: 'UNKNOWN',
        DetectionStatus: 'DETECTION_COMPLETE',
        DetectionStatusReason: notReadBack,
        DriftedStackResourceCount: 0,
        Timestamp: detection.at,
      };
    },
    DescribeStackResourceDrifts: ({ StackName, StackResourceDriftStatusFilters: filters }) => {
      const stack = stacks.get(StackName);
      const records = filters?.length && !filters.includes('NOT_CHECKED') ? [] : [...stack.resources.values()];
      return {
        StackResourceDrifts: records.map(({ logicalId, definition, resource, timestamp }) => ({
          StackId: stack.id,
          LogicalResourceId: logicalId,
          PhysicalResourceId: resource?.physicalId,
          ResourceType: definition.Type,
          StackResourceDriftStatus: 'NOT_CHECKED',
          DriftStatusReason: notReadBack,
          Timestamp: timestamp,
        })),
      };
    },
  } satisfies Handlers<typeof cfn>;
}

const notReadBack = 'This endpoint does not read resources back, so it cannot tell whether they have drifted.';

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

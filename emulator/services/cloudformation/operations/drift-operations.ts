import { randomUUID } from 'node:crypto';
import type * as cfn from '@aws-sdk/client-cloudformation';
import type { Handlers } from '../../../wire/operation.ts';
import { driftOf } from '../drift/drift.ts';
import type { Engine } from '../engine.ts';
import { validationError } from '../errors.ts';
import type { StackResource } from '../model.ts';
import type { Stack } from '../stack/stack.ts';

interface Detection {
  readonly stack: Stack;
  readonly at: Date;
  status: cfn.StackDriftDetectionStatus;
  reason: string | undefined;
}

/** The operations that look for drift. */
export function driftOperations(engine: Engine) {
  const { stacks } = engine;
  const detections = new Map<string, Detection>();

  async function look(stack: Stack, records: readonly StackResource[]): Promise<void> {
    for (const record of records) {
      stack.drifts.set(record.logicalId, await driftOf(engine, stack, record));
    }
  }

  return {
    DetectStackDrift: ({ StackName, LogicalResourceIds }) => {
      const stack = stacks.getForChange(StackName);
      if (stack.isInProgress || !stack.deployed) {
        throw validationError(`Drift detection cannot be performed on stack [${stack.id}] in status ${stack.status}`);
      }
      const wanted = [...stack.resources.values()].filter(
        ({ logicalId }) => !LogicalResourceIds?.length || LogicalResourceIds.includes(logicalId),
      );
      const StackDriftDetectionId = randomUUID();
      const detection: Detection = { stack, at: new Date(), status: 'DETECTION_IN_PROGRESS', reason: undefined };
      detections.set(StackDriftDetectionId, detection);
      look(stack, wanted).then(
        () => {
          detection.status = 'DETECTION_COMPLETE';
        },
        (error: Error) => {
          detection.status = 'DETECTION_FAILED';
          detection.reason = error.message;
        },
      );
      return { StackDriftDetectionId };
    },
    DescribeStackDriftDetectionStatus: ({ StackDriftDetectionId = '' }) => {
      const detection = detections.get(StackDriftDetectionId);
      if (!detection) {
        throw validationError(`Drift detection ${StackDriftDetectionId} does not exist`);
      }
      const { stack, at, status, reason } = detection;
      return {
        StackId: stack.id,
        StackDriftDetectionId,
        DetectionStatus: status,
        ...(reason && { DetectionStatusReason: reason }),
        ...(status === 'DETECTION_COMPLETE' && {
          StackDriftStatus: stack.driftStatus,
          DriftedStackResourceCount: stack.drifted.length,
        }),
        Timestamp: at,
      };
    },
    DetectStackResourceDrift: async ({ StackName, LogicalResourceId = '' }) => {
      const stack = stacks.getForChange(StackName);
      const record = stack.resources.get(LogicalResourceId);
      if (!record) {
        throw validationError(`Resource ${LogicalResourceId} does not exist for stack ${stack.name}`);
      }
      await look(stack, [record]);
      return { StackResourceDrift: describe(stack, record) };
    },
    DescribeStackResourceDrifts: ({ StackName, StackResourceDriftStatusFilters: filters = [] }) => {
      const stack = stacks.get(StackName);
      const drifts = [...stack.resources.values()].map((record) => describe(stack, record));
      return {
        StackResourceDrifts: drifts.filter(
          ({ StackResourceDriftStatus: status }) => filters.length === 0 || filters.includes(status),
        ),
      };
    },
  } satisfies Handlers<typeof cfn>;
}

const notReadBack =
  'This endpoint does not read resources of this type back, so it cannot tell whether they have drifted.';

function describe(stack: Stack, { logicalId, definition, resource }: StackResource) {
  const { status, differences, expected, actual, at } = stack.driftOf(logicalId);
  return {
    StackId: stack.id,
    LogicalResourceId: logicalId,
    PhysicalResourceId: resource?.physicalId,
    ResourceType: definition.Type,
    StackResourceDriftStatus: status,
    ...(status === 'NOT_CHECKED' && { DriftStatusReason: notReadBack }),
    ...(expected !== undefined && { ExpectedProperties: expected }),
    ...(actual !== undefined && { ActualProperties: actual }),
    PropertyDifferences: [...differences],
    Timestamp: at,
  };
}

import { randomUUID } from 'node:crypto';
import type {
  ChangeSetStatus,
  ChangeSetSummary,
  DescribeChangeSetOutput,
  ExecutionStatus,
  OnStackFailure,
} from '@aws-sdk/client-cloudformation';
import { arn } from '../../../wire/operation.ts';
import type { Engine } from '../engine.ts';
import type { Desired } from '../stack/desired.ts';
import type { Stack } from '../stack/stack.ts';
import { describeParameters } from '../template/parameters.ts';
import { type Preview, previewOf, withoutValues } from './preview.ts';

/** A deployment that has been worked out and waits to be executed. */
export interface ChangeSet {
  readonly id: string;
  readonly name: string;
  readonly stack: Stack;
  readonly type: 'CREATE' | 'UPDATE';
  readonly desired: Desired;
  readonly preview: Preview;
  readonly creationTime: Date;
  readonly description: string | undefined;
  readonly onStackFailure: OnStackFailure | undefined;
  readonly includeNestedStacks: boolean | undefined;
  readonly importExistingResources: boolean | undefined;
  readonly status: ChangeSetStatus;
  readonly statusReason: string | undefined;
  executionStatus: ExecutionStatus;
}

export type ChangeSetOptions = Pick<
  ChangeSet,
  'name' | 'type' | 'description' | 'onStackFailure' | 'includeNestedStacks' | 'importExistingResources'
>;

const noChanges =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

/** A change set of what is desired; one that would change nothing is `FAILED` and says so. */
export function newChangeSet(engine: Engine, stack: Stack, desired: Desired, options: ChangeSetOptions): ChangeSet {
  const preview = previewOf(engine, stack, desired);
  return {
    ...options,
    id: arn(engine.region, 'cloudformation', `changeSet/${options.name}/${randomUUID()}`),
    stack,
    desired,
    preview,
    creationTime: stack.nextTime(),
    status: preview.isEmpty ? 'FAILED' : 'CREATE_COMPLETE',
    statusReason: preview.isEmpty ? noChanges : undefined,
    executionStatus: preview.isEmpty ? 'UNAVAILABLE' : 'AVAILABLE',
  };
}

export function summarize(changeSet: ChangeSet): ChangeSetSummary {
  return {
    StackId: changeSet.stack.id,
    StackName: changeSet.stack.name,
    ChangeSetId: changeSet.id,
    ChangeSetName: changeSet.name,
    ExecutionStatus: changeSet.executionStatus,
    Status: changeSet.status,
    StatusReason: changeSet.statusReason,
    CreationTime: changeSet.creationTime,
    Description: changeSet.description,
    IncludeNestedStacks: changeSet.includeNestedStacks ?? false,
    ImportExistingResources: changeSet.importExistingResources ?? false,
  };
}

export function describeChangeSet(changeSet: ChangeSet, includeValues: boolean): DescribeChangeSetOutputBody {
  const { desired, preview } = changeSet;
  return {
    ...summarize(changeSet),
    Parameters: describeParameters(desired.parameters),
    Capabilities: [...desired.capabilities],
    Tags: [...desired.tags],
    NotificationARNs: [],
    RollbackConfiguration: {},
    OnStackFailure: changeSet.onStackFailure,
    DeploymentConfig: desired.deploymentConfig,
    Changes: includeValues ? [...preview.changes] : withoutValues(preview.changes),
  };
}

type DescribeChangeSetOutputBody = Omit<DescribeChangeSetOutput, '$metadata'>;

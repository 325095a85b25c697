import { randomUUID } from 'node:crypto';
import type { ChangeSetSummary, DescribeChangeSetOutput } from '@aws-sdk/client-cloudformation';
import { ChangeSetNotFoundException } from '@aws-sdk/client-cloudformation';
import { arn } from '../../../wire/operation.ts';
import type { Engine } from '../engine.ts';
import type { ChangeSet, Desired } from '../model.ts';
import type { Stack } from '../stack/stack.ts';
import { describeParameters } from '../template/parameters.ts';
import { previewOf, withoutValues } from './preview.ts';
import { previewOfImport, withImports } from './resources-to-import.ts';

export type ChangeSetOptions = Pick<
  ChangeSet,
  'name' | 'type' | 'imports' | 'description' | 'onStackFailure' | 'includeNestedStacks' | 'importExistingResources'
>;

const noChanges =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

/** A change set of what is desired; one that would change nothing is `FAILED` and says so. */
export function newChangeSet(engine: Engine, stack: Stack, desired: Desired, options: ChangeSetOptions): ChangeSet {
  const { type, imports } = options;
  const changes = previewOf(engine, stack, desired);
  const preview =
    type === 'IMPORT'
      ? previewOfImport(changes, imports)
      : { ...changes, changes: withImports(changes.changes, imports) };
  return {
    ...options,
    id: arn(engine.region, 'cloudformation', `changeSet/${options.name}/${randomUUID()}`),
    stackId: stack.id,
    stackName: stack.name,
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
    StackId: changeSet.stackId,
    StackName: changeSet.stackName,
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

/** By ARN, or by name within a stack. */
export function findChangeSet(
  { stacks }: Engine,
  nameOrId: string | undefined,
  stackName: string | undefined,
): ChangeSet | undefined {
  const candidates = stackName === undefined ? stacks.all() : [stacks.get(stackName)];
  const all = candidates.flatMap((stack) => [...stack.changeSets.values()]);
  return all.find(({ id, name }) => id === nameOrId || (stackName !== undefined && name === nameOrId));
}

/** The same. @throws ChangeSetNotFoundException */
export function getChangeSet(engine: Engine, nameOrId: string | undefined, stackName: string | undefined): ChangeSet {
  const found = findChangeSet(engine, nameOrId, stackName);
  if (found) {
    return found;
  }
  throw new ChangeSetNotFoundException({ message: `ChangeSet [${nameOrId}] does not exist`, $metadata: {} });
}

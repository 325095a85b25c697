import type * as cfn from '@aws-sdk/client-cloudformation';
import type { Handlers } from '../../../wire/operation.ts';
import { ownerOf } from '../deployment/existing-resource.ts';
import type { Engine } from '../engine.ts';
import { validationError } from '../errors.ts';
import { describeOutput, exportsOf, importersOf } from '../stack/outputs.ts';
import type { Stack } from '../stack/stack.ts';
import { describeParameters } from '../template/parameters.ts';

/**
 * How long DescribeStacks of a stack in progress is held: less than the 5 s that the CDK CLI sleeps between two polls,
 * so that a deployment is reported when it ends and not at the next poll.
 */
const holdMs = 4_000;
/** Events to a page of DescribeStackEvents. */
const page = 100;

/** The operations that tell what stacks are and what happened to them. */
export function stackReports(engine: Engine) {
  const { stacks } = engine;
  const describeOne = (stack: Stack): cfn.Stack => ({ ...describeStack(stack), ...familyOf(engine, stack) });
  return {
    DescribeStacks: async ({ StackName }, { signal }) => {
      if (StackName === undefined) {
        const present = stacks.all().filter((stack) => !stack.isDeleted);
        return { Stacks: present.reverse().map(describeOne) };
      }
      const stack = stacks.get(StackName);
      if (stack.isInProgress) {
        await stack.job.endedWithin(holdMs, signal);
      }
      // Looked up again: by its name, a stack that was deleted meanwhile is not there any more.
      return { Stacks: [describeOne(stacks.get(StackName))] };
    },
    ListStacks: ({ StackStatusFilter }) => ({
      StackSummaries: stacks
        .all()
        .filter(({ status }) => !StackStatusFilter?.length || StackStatusFilter.includes(status))
        .reverse()
        .map((stack) => ({ ...summarizeStack(stack), ...familyOf(engine, stack) })),
    }),
    DescribeStackEvents: ({ StackName, NextToken }) => {
      const { events } = stacks.find(StackName) ?? refuse(`Stack [${StackName}] does not exist`);
      // The token counts from the oldest event on, so that events which come meanwhile do not shift the pages.
      const end = NextToken === undefined ? events.length : Number(NextToken);
      const start = Math.max(0, end - page);
      return {
        StackEvents: events.slice(start, end).reverse(),
        ...(start > 0 && { NextToken: String(start) }),
      };
    },
    ListExports: () => ({ Exports: exportsOf(stacks.all()) }),
    ListImports: ({ ExportName = '' }) => {
      const Imports = importersOf(stacks.all(), ExportName);
      if (Imports.length === 0) {
        throw validationError(`Export '${ExportName}' is not imported by any stack.`);
      }
      return { Imports };
    },
  } satisfies Handlers<typeof cfn>;
}

function describeStack(stack: Stack): cfn.Stack {
  const { desired } = stack;
  return {
    ...summaryOf(stack),
    ChangeSetId: executedChangeSet(stack),
    Description: desired?.template.description,
    ...(desired && desired.parameters.size > 0 && { Parameters: describeParameters(desired.parameters) }),
    RollbackConfiguration: {},
    DisableRollback: stack.disableRollback,
    DeploymentConfig: desired?.deploymentConfig,
    NotificationARNs: [],
    ...(desired && desired.capabilities.length > 0 && { Capabilities: [...desired.capabilities] }),
    ...(stack.deployed && stack.deployed.outputs.length > 0 && { Outputs: stack.deployed.outputs.map(describeOutput) }),
    RoleARN: desired?.roleArn,
    Tags: [...(desired?.tags ?? [])],
    EnableTerminationProtection: stack.terminationProtection,
    DriftInformation: { StackDriftStatus: stack.driftStatus },
  };
}

function summarizeStack(stack: Stack): cfn.StackSummary {
  return {
    ...summaryOf(stack),
    TemplateDescription: stack.desired?.template.description,
    DriftInformation: { StackDriftStatus: stack.driftStatus },
  };
}

function summaryOf({ id, name, creationTime, lastUpdatedTime, deletionTime, status, statusReason }: Stack) {
  return {
    StackId: id,
    StackName: name,
    CreationTime: creationTime,
    LastUpdatedTime: lastUpdatedTime,
    DeletionTime: deletionTime,
    StackStatus: status,
    StackStatusReason: statusReason,
  };
}

/** The stack around a nested one, and the outermost ("Stack" of the API Reference). */
function familyOf(engine: Engine, stack: Stack): { ParentId?: string; RootId?: string } {
  const parentOf = ({ id }: Stack): Stack | undefined => ownerOf(engine, 'AWS::CloudFormation::Stack', id);
  const parent = parentOf(stack);
  let root = parent;
  for (let outer = parent; outer; outer = parentOf(outer)) {
    root = outer;
  }
  return parent && root ? { ParentId: parent.id, RootId: root.id } : {};
}

const executedChangeSet = ({ changeSets }: Stack): string | undefined =>
  [...changeSets.values()].find(({ executionStatus }) => executionStatus.startsWith('EXECUTE_'))?.id;

function refuse(message: string): never {
  throw validationError(message);
}

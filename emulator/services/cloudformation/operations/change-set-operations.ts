import type * as cfn from '@aws-sdk/client-cloudformation';
import { AlreadyExistsException, InvalidChangeSetStatusException } from '@aws-sdk/client-cloudformation';
import type { Handlers } from '../../../wire/operation.ts';
import { describeChangeSet, findChangeSet, getChangeSet, newChangeSet, summarize } from '../change-set/change-set.ts';
import { existingOf, importsOf } from '../change-set/resources-to-import.ts';
import { notServed, readDesired } from '../deployment/desired.ts';
import {
  checkName,
  checkUpdatable,
  disablesRollback,
  startDeployment,
  startImport,
} from '../deployment/stack-lifecycle.ts';
import type { Engine } from '../engine.ts';
import { validationError } from '../errors.ts';
import type { ChangeSet } from '../model.ts';
import { Stack } from '../stack/stack.ts';

/** The operations on change sets. */
export function changeSetOperations(engine: Engine) {
  const { stacks } = engine;
  return {
    CreateChangeSet: async (input) => {
      const { StackName = '', ChangeSetName = '' } = input;
      checkName('changeSetName', ChangeSetName);
      refuseUnserved(input);
      const type = input.ChangeSetType ?? 'UPDATE';
      const present = stacks.find(StackName);
      const stack = stackFor(engine, type, StackName, ChangeSetName, present);
      const desired = await readDesired(engine, stack, input);
      const existing = input.ImportExistingResources ? await existingOf(engine, stack, desired) : new Map();
      // The template may have been fetched meanwhile, so this is looked at again.
      if (stacks.find(StackName) !== present) {
        throw validationError(`Stack [${StackName}] was changed meanwhile.`);
      }
      checkNotTaken(stack, ChangeSetName);
      const changeSet = newChangeSet(engine, stack, desired, {
        name: ChangeSetName,
        type,
        imports: type === 'IMPORT' ? importsOf(engine, stack, desired, input.ResourcesToImport ?? []) : existing,
        description: input.Description,
        onStackFailure: input.OnStackFailure,
        includeNestedStacks: input.IncludeNestedStacks,
        importExistingResources: input.ImportExistingResources,
      });
      if (!present) {
        stacks.add(stack);
        stack.begin('REVIEW_IN_PROGRESS', 'User Initiated', input.ClientToken);
      }
      stack.changeSets.set(ChangeSetName, changeSet);
      return { Id: changeSet.id, StackId: stack.id };
    },
    DescribeChangeSet: ({ ChangeSetName, StackName, IncludePropertyValues }) =>
      describeChangeSet(getChangeSet(engine, ChangeSetName, StackName), IncludePropertyValues ?? false),
    ExecuteChangeSet: (input) => {
      const changeSet = getChangeSet(engine, input.ChangeSetName, input.StackName);
      const { desired } = changeSet;
      const stack = stacks.get(changeSet.stackId);
      if (changeSet.executionStatus !== 'AVAILABLE') {
        throw new InvalidChangeSetStatusException({
          message: `ChangeSet [${changeSet.id}] cannot be executed in its current status of [${changeSet.status}]`,
          $metadata: {},
        });
      }
      const isNew = stack.status === 'REVIEW_IN_PROGRESS';
      checkUpdatable(stack, changeSet.type === 'CREATE' || (changeSet.type === 'IMPORT' && isNew));
      for (const other of stack.changeSets.values()) {
        if (other !== changeSet) {
          stack.changeSets.delete(other.name);
        }
      }
      changeSet.executionStatus = 'EXECUTE_IN_PROGRESS';
      const done = (): void => {
        const succeeded = stack.deployed?.desired === desired;
        changeSet.executionStatus = succeeded ? 'EXECUTE_COMPLETE' : 'EXECUTE_FAILED';
      };
      if (changeSet.type === 'IMPORT') {
        startImport(engine, stack, desired, { imports: changeSet.imports, done, token: input.ClientRequestToken });
        return {};
      }
      startDeployment(engine, stack, desired, {
        clientRequestToken: input.ClientRequestToken,
        disableRollback: disablesRollback(input, changeSet.onStackFailure, desired.deploymentConfig),
        deleteOnFailure: changeSet.onStackFailure === 'DELETE',
        retainExceptOnCreate: input.RetainExceptOnCreate ?? false,
        imports: changeSet.imports,
        done,
      });
      return {};
    },
    DeleteChangeSet: ({ ChangeSetName, StackName }) => {
      if (StackName !== undefined) {
        stacks.get(StackName);
      }
      const changeSet = findChangeSet(engine, ChangeSetName, StackName);
      if (changeSet?.executionStatus === 'EXECUTE_IN_PROGRESS') {
        throw new InvalidChangeSetStatusException({
          message: `An operation on ChangeSet [${changeSet.id}] is currently in progress.`,
          $metadata: {},
        });
      }
      if (changeSet) {
        stacks.get(changeSet.stackId).changeSets.delete(changeSet.name);
      }
      return {};
    },
    ListChangeSets: ({ StackName }) => ({ Summaries: [...stacks.get(StackName).changeSets.values()].map(summarize) }),
  } satisfies Handlers<typeof cfn>;
}

function stackFor(
  engine: Engine,
  type: ChangeSet['type'],
  stackName: string,
  changeSetName: string,
  present: Stack | undefined,
): Stack {
  const isThere = present !== undefined && !present.isDeleted && present.status !== 'REVIEW_IN_PROGRESS';
  if (type === 'UPDATE' || (type === 'IMPORT' && isThere)) {
    const stack = engine.stacks.getForChange(stackName);
    checkUpdatable(stack, false);
    return stack;
  }
  if (!present) {
    checkName('stackName', stackName);
    return new Stack(engine.region, stackName);
  }
  if (present.status === 'REVIEW_IN_PROGRESS') {
    return present;
  }
  throw validationError(
    `Stack [${stackName}] already exists and cannot be created again with the changeSet [${changeSetName}].`,
  );
}

function checkNotTaken(stack: Stack, name: string): void {
  const taken = stack.changeSets.get(name);
  if (!taken || taken.executionStatus.startsWith('EXECUTE_')) {
    return;
  }
  throw new AlreadyExistsException({ message: `ChangeSet ${name} already exists`, $metadata: {} });
}

/** Options that would change what is done are refused rather than ignored. */
function refuseUnserved(input: cfn.CreateChangeSetInput): void {
  if (input.ChangeSetType !== 'IMPORT' && input.ResourcesToImport?.length) {
    throw validationError('ResourcesToImport can only be specified for a change set of type IMPORT.');
  }
  if (input.DeploymentMode) {
    throw notServed(`DeploymentMode ${input.DeploymentMode}`);
  }
}

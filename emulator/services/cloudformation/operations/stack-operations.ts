import type * as cfn from '@aws-sdk/client-cloudformation';
import type { Handlers } from '../../../wire/operation.ts';
import { previewOf } from '../change-set/preview.ts';
import { newAttempt } from '../deployment/deployment-context.ts';
import { readDesired } from '../deployment/desired.ts';
import { rollBack, rollbackStart } from '../deployment/rollback.ts';
import {
  checkName,
  checkUpdatable,
  disablesRollback,
  startDeletion,
  startDeployment,
  startWork,
} from '../deployment/stack-lifecycle.ts';
import type { Engine } from '../engine.ts';
import { validationError } from '../errors.ts';
import { exportsOf, importersOf } from '../stack/outputs.ts';
import { Stack } from '../stack/stack.ts';

/** The operations that change a stack. Each answers at once; the work goes on and its events tell of it. */
export function stackOperations(engine: Engine) {
  const { stacks, region } = engine;
  return {
    CreateStack: async (input) => {
      checkName('stackName', input.StackName ?? '');
      const stack = new Stack(region, input.StackName ?? '');
      const desired = await readDesired(engine, stack, input);
      stacks.add(stack);
      stack.terminationProtection = input.EnableTerminationProtection ?? false;
      startDeployment(engine, stack, desired, {
        clientRequestToken: input.ClientRequestToken,
        disableRollback: disablesRollback(input, input.OnFailure, input.DeploymentConfig),
        deleteOnFailure: input.OnFailure === 'DELETE',
        retainExceptOnCreate: input.RetainExceptOnCreate ?? false,
      });
      return { StackId: stack.id, OperationId: stack.operation.id };
    },
    UpdateStack: async (input) => {
      const stack = stacks.getForChange(input.StackName);
      checkUpdatable(stack, false);
      const desired = await readDesired(engine, stack, input);
      // The template may have been fetched meanwhile, so this is looked at again.
      checkUpdatable(stack, false);
      if (previewOf(engine, stack, desired).isEmpty) {
        throw validationError('No updates are to be performed.');
      }
      stack.changeSets.clear();
      startDeployment(engine, stack, desired, {
        clientRequestToken: input.ClientRequestToken,
        disableRollback: disablesRollback(input, undefined, input.DeploymentConfig),
        deleteOnFailure: false,
        retainExceptOnCreate: input.RetainExceptOnCreate ?? false,
      });
      return { StackId: stack.id, OperationId: stack.operation.id };
    },
    DeleteStack: ({ StackName, ClientRequestToken, RetainResources = [], DeletionMode }) => {
      const stack = stacks.find(StackName);
      const force = DeletionMode === 'FORCE_DELETE_STACK';
      if (!stack || stack.isDeleted || (stack.status === 'DELETE_IN_PROGRESS' && !force)) {
        return {};
      }
      checkDeletable(stack, RetainResources, force);
      const users = exportsOf([stack]).flatMap(({ Name = '' }) =>
        importersOf(stacks.all(), Name)
          .filter((user) => user !== stack.name)
          .map((user) => ({ Name, user })),
      );
      const [first] = users;
      if (first) {
        const reason = `Delete canceled. Cannot delete export ${first.Name} as it is in use by ${first.user}.`;
        stack.begin(stack.status, reason, ClientRequestToken);
        return {};
      }
      const options = { retain: new Set(RetainResources), force, atOnce: force && stack.isInProgress };
      startDeletion(engine, stack, options, ClientRequestToken);
      return {};
    },
    CancelUpdateStack: ({ StackName, ClientRequestToken }) => {
      const stack = stacks.getForChange(StackName);
      if (stack.status !== 'UPDATE_IN_PROGRESS') {
        throw validationError('CancelUpdateStack cannot be called from current stack status');
      }
      // The update begins nothing new and waits for nothing; the way back follows once it has stopped.
      stack.job.cancel();
      startRollback(engine, stack, ClientRequestToken, { retainExceptOnCreate: false });
      return {};
    },
    RollbackStack: ({ StackName, ClientRequestToken, RetainExceptOnCreate = false }) => {
      const stack = stacks.getForChange(StackName);
      if (stack.status !== 'CREATE_FAILED' && stack.status !== 'UPDATE_FAILED') {
        throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not be rolled back.`);
      }
      startRollback(engine, stack, ClientRequestToken, { retainExceptOnCreate: RetainExceptOnCreate });
      return { StackId: stack.id, OperationId: stack.operation.id };
    },
    ContinueUpdateRollback: ({ StackName, ClientRequestToken, ResourcesToSkip = [], ForceRollback }) => {
      const stack = stacks.getForChange(StackName);
      if (stack.status !== 'UPDATE_ROLLBACK_FAILED') {
        throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not continue its rollback.`);
      }
      const stuck = [...stack.resources.values()].filter(({ status }) => status === 'UPDATE_FAILED');
      startRollback(engine, stack, ClientRequestToken, {
        retainExceptOnCreate: false,
        skip: new Set(ForceRollback ? stuck.map(({ logicalId }) => logicalId) : ResourcesToSkip),
      });
      return {};
    },
    UpdateTerminationProtection: ({ StackName, EnableTerminationProtection = false }) => {
      const stack = stacks.getForChange(StackName);
      stack.terminationProtection = EnableTerminationProtection;
      return { StackId: stack.id };
    },
  } satisfies Handlers<typeof cfn>;
}

function startRollback(
  engine: Engine,
  stack: Stack,
  clientRequestToken: string | undefined,
  options: Parameters<typeof rollBack>[2],
): void {
  stack.begin(rollbackStart(stack), 'User Initiated', clientRequestToken);
  startWork(stack, (signal) => rollBack(newAttempt(engine, stack, signal), undefined, options));
}

/**
 * A stack may be deleted while it is created, but not while it is updated. By force it may be deleted at any time, which is
 * the way out for one that waits for an answer that never comes; AWS asks that a deletion has failed before.
 */
function checkDeletable(stack: Stack, retained: readonly string[], force: boolean): void {
  if (stack.terminationProtection) {
    throw validationError(`Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`);
  }
  if (stack.isInProgress && stack.status !== 'CREATE_IN_PROGRESS' && !force) {
    throw validationError(`Stack [${stack.name}] cannot be deleted while in status ${stack.status}`);
  }
  if (retained.length > 0 && stack.status !== 'DELETE_FAILED') {
    throw validationError(
      `Invalid operation on stack [${stack.id}]. When you delete a stack, specify which resources to retain only when the stack is in the DELETE_FAILED state.`,
    );
  }
}

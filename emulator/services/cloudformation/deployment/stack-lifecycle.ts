import type { DeploymentConfig, OnFailure } from '@aws-sdk/client-cloudformation';
import type { Engine } from '../engine.ts';
import { validationError } from '../errors.ts';
import type { Desired } from '../model.ts';
import type { Stack } from '../stack/stack.ts';
import { deploy } from './deployment.ts';
import { deleteStack, type StackDeletionOptions } from './stack-deletion.ts';
import { importIntoStack } from './stack-import.ts';

export interface StartOptions {
  readonly clientRequestToken: string | undefined;
  readonly disableRollback: boolean;
  /** A stack whose creation failed is deleted after its rollback. */
  readonly deleteOnFailure: boolean;
  readonly retainExceptOnCreate: boolean;
  /** Identifiers, by logical id, of resources that are there already and are taken into the stack. @default - none */
  readonly imports?: ReadonlyMap<string, string>;
  /** Called when the deployment has ended, one way or another. */
  readonly done?: () => void;
}

/** Begins to bring a stack to what is desired. Its status says so at once; the work goes on by itself. */
export function startDeployment(engine: Engine, stack: Stack, desired: Desired, options: StartOptions): void {
  const isCreation = stack.status === 'REVIEW_IN_PROGRESS';
  stack.disableRollback = options.disableRollback;
  if (isCreation) {
    stack.attempted = desired;
  } else {
    stack.lastUpdatedTime = new Date();
  }
  const status = isCreation ? 'CREATE_IN_PROGRESS' : 'UPDATE_IN_PROGRESS';
  stack.begin(status, 'User Initiated', options.clientRequestToken);
  startWork(stack, async (signal) => {
    await deploy(engine, stack, desired, options, signal);
    options.done?.();
    if (stack.status === 'ROLLBACK_COMPLETE' && options.deleteOnFailure) {
      stack.begin('DELETE_IN_PROGRESS', undefined, options.clientRequestToken);
      await deleteStack(engine, stack, { retain: new Set(), force: false }, signal);
    }
  });
}

export interface ImportOptions {
  /** Identifiers by logical id. */
  readonly imports: ReadonlyMap<string, string>;
  readonly token: string | undefined;
  /** Called when the import has ended, one way or another. */
  readonly done: () => void;
}

/** Begins to take resources that are there already into a stack. */
export function startImport(engine: Engine, stack: Stack, desired: Desired, options: ImportOptions): void {
  if (stack.status === 'REVIEW_IN_PROGRESS') {
    stack.attempted = desired;
  } else {
    stack.lastUpdatedTime = new Date();
  }
  stack.begin('IMPORT_IN_PROGRESS', 'User Initiated', options.token);
  startWork(stack, async (signal) => {
    await importIntoStack(engine, stack, desired, options.imports, signal);
    options.done();
  });
}

/** Begins to delete a stack. A creation under way begins nothing new, and the deletion follows once it has stopped. */
export function startDeletion(
  engine: Engine,
  stack: Stack,
  options: StackDeletionOptions,
  clientRequestToken: string | undefined,
): void {
  stack.begin('DELETE_IN_PROGRESS', 'User Initiated', clientRequestToken);
  stack.job.cancel();
  startWork(stack, (signal) => deleteStack(engine, stack, options, signal));
}

/** Starts work of a stack. An unforeseen error ends it as failed, so that no client waits for it forever. */
export function startWork(stack: Stack, work: (signal: AbortSignal) => Promise<void>): void {
  stack.job.start(async (signal) => {
    try {
      await work(signal);
    } catch (error) {
      console.error(`cloudformation: stack ${stack.name}: unforeseen`, error);
      const failed = failedByVerb.find(([verb]) => stack.status.startsWith(verb))?.[1] ?? 'UPDATE_FAILED';
      stack.setStatus(failed, `Internal failure: ${(error as Error).message}`);
    }
  });
}

const failedByVerb = [
  ['CREATE', 'CREATE_FAILED'],
  ['DELETE', 'DELETE_FAILED'],
  ['IMPORT', 'IMPORT_ROLLBACK_FAILED'],
  ['ROLLBACK', 'ROLLBACK_FAILED'],
  ['UPDATE_ROLLBACK', 'UPDATE_ROLLBACK_FAILED'],
] as const;

const updatable = new Set([
  ...['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'IMPORT_COMPLETE', 'IMPORT_ROLLBACK_COMPLETE'],
  ...['CREATE_FAILED', 'UPDATE_FAILED'],
]);

/** Refuses a deployment to a stack that is busy, gone, or in a state that only deletion leads out of. */
export function checkUpdatable(stack: Stack, isCreation: boolean): void {
  if (isCreation ? stack.status === 'REVIEW_IN_PROGRESS' : updatable.has(stack.status)) {
    return;
  }
  throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
}

/** Whether a failed deployment stays as it is. The mode `EXPRESS` does not roll back unless it is asked to. */
export function disablesRollback(
  { DisableRollback }: { readonly DisableRollback?: boolean | undefined },
  onFailure: OnFailure | undefined,
  config: DeploymentConfig | undefined,
): boolean {
  if (config?.Mode === 'EXPRESS') {
    return config.DisableRollback !== false;
  }
  return DisableRollback === true || onFailure === 'DO_NOTHING';
}

/** Names of stacks and change sets: "StackName" of the CloudFormation API Reference. */
export function checkName(member: string, name: string): void {
  if (/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(name)) {
    return;
  }
  throw validationError(
    `1 validation error detected: Value '${name}' at '${member}' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`,
  );
}

import type { Engine } from '../engine.ts';
import { failureReason } from '../errors.ts';
import type { Desired, Journal, StackOutput, StackResource } from '../model.ts';
import { checkExports, resolveOutputs } from '../stack/outputs.ts';
import type { Stack } from '../stack/stack.ts';
import { walk } from '../template/graph.ts';
import { type Doomed, deleteResources } from './deletion.ts';
import { type Attempt, deploymentScope, newAttempt } from './deployment-context.ts';
import { deployResource, isMade } from './resource-deployment.ts';
import { rollBack } from './rollback.ts';

export interface DeploymentOptions {
  /** A failed deployment stays as it is, to be repeated or rolled back later. */
  readonly disableRollback: boolean;
  /** A rollback deletes what the deployment created even if its policy is `Retain`. */
  readonly retainExceptOnCreate: boolean;
  /** Identifiers, by logical id, of resources that are there already and are taken into the stack. @default - none */
  readonly imports?: ReadonlyMap<string, string>;
}

interface Success {
  readonly outputs: readonly StackOutput[];
  readonly imports: ReadonlySet<string>;
}

/**
 * Brings a stack to what is desired. Resources are made and changed in parallel as their dependencies allow; what was
 * replaced or is no longer wanted is deleted at the end. On a failure, what is in flight is waited for and everything
 * is undone. Only success changes what the stack shows as its template, outputs and exports.
 * The statuses are those of "Understand stack creation events" and "Stack status codes" of the User Guide.
 */
export async function deploy(
  engine: Engine,
  stack: Stack,
  desired: Desired,
  options: DeploymentOptions,
  signal: AbortSignal,
): Promise<void> {
  const attempt = newAttempt(engine, stack, signal);
  const isCreation = stack.status === 'CREATE_IN_PROGRESS';
  stack.journal ??= { before: new Map(), superseded: [], adopted: new Set() };
  const outcome = await apply(attempt, desired, stack.journal, options.imports ?? new Map());
  if (signal.aborted) {
    return;
  }
  if (typeof outcome !== 'string') {
    await commit(attempt, desired, outcome, stack.journal, isCreation);
  } else if (options.disableRollback) {
    stack.setStatus(isCreation ? 'CREATE_FAILED' : 'UPDATE_FAILED', outcome);
  } else {
    await rollBack(attempt, outcome, options);
  }
}

/** Makes all changes that can be undone. Answers what came out, or why it failed. */
async function apply(
  attempt: Attempt,
  desired: Desired,
  journal: Journal,
  adopted: ReadonlyMap<string, string>,
): Promise<Success | string> {
  const { engine, stack, signal } = attempt;
  const imports = new Set<string>();
  const scope = deploymentScope(attempt, desired, { imports });
  const maskedScope = deploymentScope(attempt, desired, { masked: true });
  const deployment = { ...attempt, desired, journal, scope, maskedScope, imports: adopted };
  const failed = await walk(
    desired.graph,
    (id) => deployResource(deployment, id),
    (failures) => failures.length === 0 && !signal.aborted,
  );
  if (failed.length > 0) {
    return failureOf(stack, failed);
  }
  try {
    const outputs = signal.aborted ? [] : resolveOutputs(desired, scope);
    checkExports(engine.stacks.all(), stack, outputs);
    return { outputs, imports };
  } catch (error) {
    return failureReason(error);
  }
}

function failureOf(stack: Stack, failed: readonly string[]): string {
  const reasons = (['create', 'update'] as const).flatMap((action) => {
    const status = `${action.toUpperCase()}_FAILED`;
    const ids = failed.filter((id) => stack.resources.get(id)?.status === status);
    return ids.length > 0 ? [`The following resource(s) failed to ${action}: [${ids.join(', ')}].`] : [];
  });
  return `${reasons.join(' ')} `;
}

async function commit(
  attempt: Attempt,
  desired: Desired,
  { outputs, imports }: Success,
  journal: Journal,
  isCreation: boolean,
): Promise<void> {
  const { stack } = attempt;
  stack.deployed = { desired, outputs, imports };
  stack.journal = undefined;
  if (isCreation) {
    stack.setStatus('CREATE_COMPLETE');
    return;
  }
  stack.setStatus('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
  const removed = [...stack.resources.values()].filter(({ logicalId }) => !desired.graph.has(logicalId));
  const doomed: Doomed[] = [
    ...replacedIn(stack, journal).map((record) => ({ record, retain: replacementRetains(stack, record) })),
    ...removed.map((record) => ({ record, retain: retains(record.definition.DeletionPolicy) })),
  ];
  // What cannot be deleted now is left behind with an event that says so, and the update still counts as done.
  await deleteResources(attempt, doomed);
  for (const { logicalId } of removed) {
    stack.resources.delete(logicalId);
  }
  stack.setStatus('UPDATE_COMPLETE');
}

/** Resources that another one has taken the place of. */
function replacedIn(stack: Stack, { before, superseded }: Journal): StackResource[] {
  return [...before.values(), ...superseded].filter((record): record is StackResource => {
    const present = record && stack.resources.get(record.logicalId);
    return isMade(record) && present?.resource?.physicalId !== record.resource.physicalId;
  });
}

function replacementRetains(stack: Stack, { logicalId }: StackResource): boolean {
  return retains(stack.resources.get(logicalId)?.definition.UpdateReplacePolicy);
}

/** Whether a policy keeps a resource that was there before. */
export const retains = (policy: string | undefined): boolean =>
  policy === 'Retain' || policy === 'RetainExceptOnCreate';

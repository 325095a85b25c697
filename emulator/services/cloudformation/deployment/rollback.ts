import { isDeepStrictEqual } from 'node:util';
import type { StackStatus } from '@aws-sdk/client-cloudformation';
import { failureReason } from '../errors.ts';
import type { Journal, StackResource } from '../model.ts';
import type { Stack } from '../stack/stack.ts';
import { walk } from '../template/graph.ts';
import { type Doomed, deleteResources, listed } from './deletion.ts';
import type { Attempt } from './deployment-context.ts';
import { callUpdate, isMade, stamp } from './resource-deployment.ts';

export interface RollbackOptions {
  readonly retainExceptOnCreate: boolean;
  /** Logical ids that are left as they are, of those that could not be rolled back before. */
  readonly skip?: ReadonlySet<string>;
}

interface Statuses {
  readonly start: StackStatus;
  readonly cleanup: StackStatus | undefined;
  readonly complete: StackStatus;
  readonly failed: StackStatus;
}

const ofCreation: Statuses = {
  start: 'ROLLBACK_IN_PROGRESS',
  cleanup: undefined,
  complete: 'ROLLBACK_COMPLETE',
  failed: 'ROLLBACK_FAILED',
};

const ofUpdate: Statuses = {
  start: 'UPDATE_ROLLBACK_IN_PROGRESS',
  cleanup: 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
  complete: 'UPDATE_ROLLBACK_COMPLETE',
  failed: 'UPDATE_ROLLBACK_FAILED',
};

/**
 * Undoes what a failed deployment has done: resources that were changed get their former properties back, those that
 * were replaced are the stack's own again, and everything new is deleted. A stack that was never complete ends empty.
 */
export async function rollBack(attempt: Attempt, reason: string | undefined, options: RollbackOptions): Promise<void> {
  const { stack } = attempt;
  const statuses = statusesOf(stack);
  if (stack.status !== statuses.start) {
    stack.begin(statuses.start, reason, stack.operation.clientRequestToken);
  }
  const journal = stack.journal ?? { before: new Map(), superseded: [], adopted: new Set() };
  const unrestored = await restoreAll(attempt, journal, options.skip ?? new Set());
  if (attempt.signal.aborted) {
    return;
  }
  if (unrestored.length > 0) {
    stack.setStatus(statuses.failed, `The following resource(s) failed to update: [${unrestored.join(', ')}]. `);
    return;
  }
  if (statuses.cleanup) {
    stack.setStatus(statuses.cleanup);
  }
  const undeleted = await deleteResources(
    attempt,
    newResources(stack, journal).map(
      (record): Doomed => ({ record, retain: journal.adopted.has(record.logicalId) || keepsNew(record, options) }),
    ),
  );
  if (attempt.signal.aborted) {
    return;
  }
  if (statuses === ofCreation && undeleted.length > 0) {
    stack.setStatus(statuses.failed, `The following resource(s) failed to delete: ${listed(undeleted)}. `);
    return;
  }
  if (stack.deployed) {
    forgetNew(stack, journal);
  }
  stack.journal = undefined;
  stack.setStatus(statuses.complete);
}

/** The status in which a rollback of this stack begins. */
export const rollbackStart = (stack: Stack): StackStatus => statusesOf(stack).start;

const statusesOf = (stack: Stack): Statuses => (stack.deployed ? ofUpdate : ofCreation);

/** What would not be there without the deployment: all that is new, and all that has taken something's place. */
function newResources(stack: Stack, { before, superseded }: Journal): StackResource[] {
  const created = [...before].flatMap(([logicalId, former]) => {
    const present = stack.resources.get(logicalId);
    return former || !present || present.status === 'DELETE_COMPLETE' ? [] : [present];
  });
  return [...created, ...superseded];
}

async function restoreAll(attempt: Attempt, journal: Journal, skip: ReadonlySet<string>): Promise<string[]> {
  const touched = new Map([...journal.before].flatMap(([id, former]) => (former ? [[id, former] as const] : [])));
  const graph = new Map(
    [...touched].map(([id, { dependsOn }]) => [id, new Set(dependsOn.filter((other) => touched.has(other)))]),
  );
  return walk(
    graph,
    async (id) => {
      const former = touched.get(id);
      return !former || restore(attempt, journal, former, skip.has(id));
    },
    () => !attempt.signal.aborted,
  );
}

async function restore(attempt: Attempt, journal: Journal, former: StackResource, skip: boolean): Promise<boolean> {
  const { stack, engine } = attempt;
  const present = stack.resources.get(former.logicalId);
  if (skip) {
    stack.setResource({
      ...former,
      ...stamp('UPDATE_COMPLETE', 'Resource skipped during UpdateRollback'),
    });
    return true;
  }
  const replaced = present?.resource?.physicalId !== former.resource?.physicalId;
  // Kept in the journal, so that it is deleted even if this rollback has to be continued by another one.
  if (replaced && present) {
    journal.superseded.push(present);
  }
  if (replaced || !isMade(present) || isDeepStrictEqual(present.properties, former.properties)) {
    const untouched = present?.status === former.status && !replaced;
    if (untouched) {
      stack.resources.set(former.logicalId, former);
    } else {
      stack.setResource({ ...former, ...stamp('UPDATE_COMPLETE') });
    }
    return true;
  }
  stack.setResource({ ...present, ...stamp('UPDATE_IN_PROGRESS') });
  try {
    const provider = engine.types.get(former.definition.Type);
    const resource = await callUpdate(attempt, provider, present, former.properties, present.properties);
    stack.setResource({ ...former, resource, ...stamp('UPDATE_COMPLETE') });
    return true;
  } catch (error) {
    stack.setResource({ ...present, ...stamp('UPDATE_FAILED', failureReason(error)) });
    return false;
  }
}

function keepsNew({ definition }: StackResource, { retainExceptOnCreate }: RollbackOptions): boolean {
  return definition.DeletionPolicy === 'Retain' && !retainExceptOnCreate;
}

/** A stack that stands lists only what it had; one that never did keeps the records of what it tried. */
function forgetNew(stack: Stack, { before }: Journal): void {
  for (const [logicalId, former] of before) {
    if (!former) {
      stack.resources.delete(logicalId);
    }
  }
}

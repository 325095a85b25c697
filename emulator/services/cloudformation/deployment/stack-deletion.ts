import type { Engine } from '../engine.ts';
import type { StackResource } from '../model.ts';
import type { Stack } from '../stack/stack.ts';
import { deleteResources, listed } from './deletion.ts';
import { retains } from './deployment.ts';
import { newAttempt } from './deployment-context.ts';

export interface StackDeletionOptions {
  /** Logical ids that are left where they are: what DeleteStack's `RetainResources` asks for. */
  readonly retain: ReadonlySet<string>;
  /** What cannot be deleted is left where it is, and the stack goes all the same. */
  readonly force: boolean;
  /** Custom resources are told to go, and their answers are not waited for. */
  readonly atOnce?: boolean;
}

/** Deletes a stack's resources, each after those that depend on it, and then the stack. */
export async function deleteStack(
  engine: Engine,
  stack: Stack,
  options: StackDeletionOptions,
  signal: AbortSignal,
): Promise<void> {
  const records = [...leftBehind(stack), ...stack.resources.values()].filter(
    ({ status }) => status !== 'DELETE_COMPLETE',
  );
  const failed = await deleteResources(
    newAttempt(engine, stack, signal, options.atOnce ? AbortSignal.abort() : signal),
    records.map((record) => ({
      record,
      retain: retains(record.definition.DeletionPolicy) || options.retain.has(record.logicalId),
    })),
  );
  if (signal.aborted) {
    return;
  }
  if (failed.length > 0 && !options.force) {
    stack.setStatus('DELETE_FAILED', `The following resource(s) failed to delete: ${listed(failed)}. `);
    return;
  }
  stack.changeSets.clear();
  stack.journal = undefined;
  stack.setStatus('DELETE_COMPLETE');
}

/** Resources that a failed deployment replaced and that wait for it to be finished or undone. */
function leftBehind({ journal, resources }: Stack): StackResource[] {
  if (!journal) {
    return [];
  }
  return [...journal.before.values(), ...journal.superseded].filter(
    (record): record is StackResource =>
      record?.resource !== undefined &&
      resources.get(record.logicalId)?.resource?.physicalId !== record.resource.physicalId,
  );
}

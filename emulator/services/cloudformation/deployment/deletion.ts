import { failureReason } from '../errors.ts';
import type { StackResource } from '../model.ts';
import { type DependencyGraph, reversed, walk } from '../template/graph.ts';
import { type Attempt, contextOf } from './deployment-context.ts';
import { withSecrets } from './dynamic-reference.ts';
import { isMade, stamp } from './resource-deployment.ts';

/** A resource that has to go. */
export interface Doomed {
  readonly record: StackResource;
  /** Left where it is, but no longer of the stack: what the policy `Retain` asks for. */
  readonly retain: boolean;
}

/**
 * Deletes resources, each after those that depend on it, and tells of it in the stack's events. What something that
 * cannot be deleted depends on is left alone. Answers the resources that could not be deleted.
 */
export async function deleteResources(attempt: Attempt, doomed: readonly Doomed[]): Promise<StackResource[]> {
  const byKey = new Map(doomed.map((item, i) => [String(i), item]));
  const failed = await walk(
    reversed(graphOf(byKey)),
    async (key) => {
      const item = byKey.get(key);
      return item ? deleteResource(attempt, item) : true;
    },
    () => !attempt.signal.aborted,
  );
  return failed.flatMap((key) => byKey.get(key)?.record ?? []);
}

/** One logical id may stand for several resources here, so that the keys are others. */
function graphOf(byKey: ReadonlyMap<string, Doomed>): DependencyGraph {
  const keysOf = Map.groupBy(byKey.keys(), (key) => byKey.get(key)?.record.logicalId);
  return new Map(
    [...byKey].map(([key, { record }]) => [key, new Set(record.dependsOn.flatMap((id) => keysOf.get(id) ?? []))]),
  );
}

async function deleteResource(attempt: Attempt, { record, retain }: Doomed): Promise<boolean> {
  const { engine, stack } = attempt;
  const tell = (status: StackResource['status'], reason?: string): void => {
    const next = { ...record, ...stamp(status, reason) };
    // A resource that was replaced is no longer the one that the stack knows by its logical id.
    if (stack.resources.get(record.logicalId)?.resource === record.resource) {
      stack.setResource(next);
    } else {
      stack.tellOf(next);
    }
  };
  if (retain) {
    tell('DELETE_SKIPPED');
    return true;
  }
  tell('DELETE_IN_PROGRESS');
  try {
    if (isMade(record)) {
      const { logicalId, definition, resource } = record;
      const properties = await withSecrets(record.properties, engine.deps);
      const context = contextOf(attempt, logicalId, definition.Type, (reason) => tell('DELETE_IN_PROGRESS', reason));
      await engine.types.get(definition.Type).delete(resource, properties, context);
    }
    tell('DELETE_COMPLETE');
    return true;
  } catch (error) {
    tell('DELETE_FAILED', failureReason(error));
    return false;
  }
}

/** `[A, B]`, as the reasons of a stack list resources. */
export const listed = (records: readonly StackResource[]): string =>
  `[${records.map(({ logicalId }) => logicalId).join(', ')}]`;

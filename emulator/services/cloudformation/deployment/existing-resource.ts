import type { Engine } from '../engine.ts';
import { validationError } from '../errors.ts';
import type { StackResource } from '../model.ts';
import type { Resource } from '../provider.ts';
import type { Stack } from '../stack/stack.ts';
import { type Attempt, contextOf, presentResource } from './deployment-context.ts';

/** The resource that is there already, by its identifier. @throws ValidationError where there is none, or another stack has it */
export async function existingResource(
  attempt: Attempt,
  { logicalId, definition: { Type } }: StackResource,
  identifier: string,
): Promise<Resource> {
  const context = contextOf(attempt, logicalId, Type);
  const resource = await attempt.engine.types.get(Type).find?.(identifier, context);
  if (!resource) {
    throw validationError(`Resource of type '${Type}' with identifier '${identifier}' was not found.`);
  }
  const owner = ownerOf(attempt.engine, Type, resource.physicalId);
  if (owner) {
    throw validationError(`${resource.physicalId} already exists in stack ${owner.id}`);
  }
  return resource;
}

/** The stack that a resource belongs to, if it belongs to one. */
export const ownerOf = (engine: Engine, type: string, physicalId: string): Stack | undefined =>
  engine.stacks
    .all()
    .find(
      (stack) =>
        !stack.isDeleted &&
        [...stack.resources.values()].some(
          (record) => record.definition.Type === type && presentResource(record)?.physicalId === physicalId,
        ),
    );

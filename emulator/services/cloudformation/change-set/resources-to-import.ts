import type { ResourceToImport } from '@aws-sdk/client-cloudformation';
import { contextOf, deploymentScope, newAttempt, presentResource } from '../deployment/deployment-context.ts';
import { ownerOf } from '../deployment/existing-resource.ts';
import type { Engine } from '../engine.ts';
import { validationError } from '../errors.ts';
import type { Desired, Preview } from '../model.ts';
import type { Stack } from '../stack/stack.ts';
import { isUnknown, resolve } from '../template/intrinsics.ts';

/**
 * The identifiers of the resources that a change set imports, by their logical ids. Source: CloudFormation User Guide, "Import AWS
 * resources into a CloudFormation stack". @throws ValidationError where one cannot be imported
 */
export function importsOf(
  engine: Engine,
  stack: Stack,
  { template }: Desired,
  resources: readonly ResourceToImport[],
): ReadonlyMap<string, string> {
  if (resources.length === 0) {
    throw validationError(
      'You must specify at least one resource to import when you create a change set of type IMPORT.',
    );
  }
  const imports = new Map<string, string>();
  for (const { LogicalResourceId: logicalId = '', ResourceType, ResourceIdentifier = {} } of resources) {
    const definition = template.resources.get(logicalId);
    if (!definition || definition.Type !== ResourceType) {
      throw validationError(`Resources [${logicalId}] is missing from the template, or is of another type there.`);
    }
    const { identifier, find } = engine.types.get(ResourceType);
    if (identifier === undefined || !find) {
      throw validationError(`ResourceTypes [${ResourceType}] are not supported for Import`);
    }
    if (definition.DeletionPolicy === undefined) {
      throw validationError(
        `The following resources to import [${logicalId}] must have DeletionPolicy attribute specified in the template.`,
      );
    }
    const value = ResourceIdentifier[identifier];
    if (value === undefined) {
      throw validationError(`The ResourceIdentifier of ${logicalId} must be its ${identifier}.`);
    }
    const present = stack.resources.get(logicalId);
    if (present && present.status !== 'DELETE_COMPLETE') {
      throw validationError(`Resource ${logicalId} already exists in stack ${stack.name}.`);
    }
    imports.set(logicalId, value);
  }
  return imports;
}

/**
 * The same of a change set that is to import what exists already: resources that the template names and keeps (a `DeletionPolicy`),
 * that are there, and that no stack has. Source: CloudFormation API Reference, "CreateChangeSet", `ImportExistingResources`.
 */
export async function existingOf(engine: Engine, stack: Stack, desired: Desired): Promise<ReadonlyMap<string, string>> {
  const scope = deploymentScope({ engine, stack }, desired, { resource: () => 'unknown' });
  const attempt = newAttempt(engine, stack, new AbortController().signal);
  const imports = new Map<string, string>();
  for (const logicalId of desired.graph.keys()) {
    const definition = desired.template.resources.get(logicalId);
    const { nameProperty = '', find } = engine.types.get(definition?.Type ?? '');
    if (!definition?.DeletionPolicy || !find || presentResource(stack.resources.get(logicalId))) {
      continue;
    }
    const name = resolve(definition.Properties?.[nameProperty], scope);
    if (typeof name !== 'string' || isUnknown(name)) {
      continue;
    }
    const resource = await find(name, contextOf(attempt, logicalId, definition.Type));
    if (resource && !ownerOf(engine, definition.Type, resource.physicalId)) {
      imports.set(logicalId, resource.physicalId);
    }
  }
  return imports;
}

/** What an import would do. @throws ValidationError where it would do anything else */
export function previewOfImport({ changes }: Preview, imports: ReadonlyMap<string, string>): Preview {
  const others = changes.flatMap(({ ResourceChange: change }) =>
    change?.LogicalResourceId !== undefined && !imports.has(change.LogicalResourceId) ? [change.LogicalResourceId] : [],
  );
  if (others.length > 0) {
    throw validationError(
      `As part of the import operation, you cannot modify or add [${others.join(', ')}]. Create an UPDATE change set for that.`,
    );
  }
  return { isEmpty: false, changes: withImports(changes, imports) };
}

/** Changes, of which those of resources that are imported say so. */
export const withImports = (changes: Preview['changes'], imports: ReadonlyMap<string, string>): Preview['changes'] =>
  changes.map((change) => {
    const PhysicalResourceId = imports.get(change.ResourceChange?.LogicalResourceId ?? '');
    return PhysicalResourceId === undefined
      ? change
      : { ...change, ResourceChange: { ...change.ResourceChange, Action: 'Import' as const, PhysicalResourceId } };
  });

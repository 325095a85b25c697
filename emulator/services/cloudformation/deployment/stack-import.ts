import type { Engine } from '../engine.ts';
import { failureReason } from '../errors.ts';
import type { Desired, StackResource } from '../model.ts';
import type { Properties } from '../provider.ts';
import { resolveOutputs } from '../stack/outputs.ts';
import type { Stack } from '../stack/stack.ts';
import { creationOrder } from '../template/graph.ts';
import { resolve } from '../template/intrinsics.ts';
import { type Attempt, deploymentScope, newAttempt } from './deployment-context.ts';
import { existingResource } from './existing-resource.ts';
import { isMade, stamp } from './resource-deployment.ts';

/**
 * Takes resources that are there already into a stack, and changes nothing in them. Where one is not found, none is taken. The
 * statuses are those of "Import AWS resources into a CloudFormation stack" in the User Guide.
 */
export async function importIntoStack(
  engine: Engine,
  stack: Stack,
  desired: Desired,
  imports: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<void> {
  const attempt = newAttempt(engine, stack, signal);
  const before = new Map(stack.resources);
  const names = new Set<string>();
  const scope = deploymentScope(attempt, desired, { imports: names });
  try {
    for (const logicalId of creationOrder(desired.graph)) {
      await take(attempt, desired, logicalId, imports.get(logicalId));
    }
    const outputs = resolveOutputs(desired, scope);
    stack.deployed = { desired, outputs, imports: names };
    stack.setStatus('IMPORT_COMPLETE');
  } catch (error) {
    stack.setStatus('IMPORT_ROLLBACK_IN_PROGRESS', failureReason(error));
    for (const logicalId of imports.keys()) {
      stack.resources.delete(logicalId);
    }
    for (const [logicalId, record] of before) {
      stack.resources.set(logicalId, record);
    }
    stack.setStatus('IMPORT_ROLLBACK_COMPLETE');
  }
}

/** A resource that stays gets the attributes that its template has now; one with an identifier is found and taken. */
async function take(attempt: Attempt, desired: Desired, logicalId: string, identifier: string | undefined) {
  const { stack } = attempt;
  const definition = desired.template.resources.get(logicalId);
  if (!definition) {
    return;
  }
  const dependsOn = [...(desired.graph.get(logicalId) ?? [])];
  if (identifier === undefined) {
    const present = stack.resources.get(logicalId);
    if (isMade(present)) {
      stack.resources.set(logicalId, { ...present, definition, dependsOn });
    }
    return;
  }
  const properties = (resolve(definition.Properties, deploymentScope(attempt, desired)) ?? {}) as Properties;
  const shown = resolve(definition.Properties, deploymentScope(attempt, desired, { masked: true })) ?? {};
  const next: StackResource = {
    ...{ logicalId, definition, properties, shown: shown as Properties, dependsOn, resource: undefined },
    ...stamp('IMPORT_IN_PROGRESS', 'Resource import started.'),
  };
  stack.setResource(next);
  try {
    const resource = await existingResource(attempt, next, identifier);
    stack.setResource({ ...next, resource, ...stamp('IMPORT_COMPLETE', 'Resource import completed.') });
  } catch (error) {
    stack.setResource({ ...next, ...stamp('IMPORT_FAILED', failureReason(error)) });
    throw error;
  }
}

import { randomUUID } from 'node:crypto';
import type { Engine } from '../engine.ts';
import { validationError } from '../errors.ts';
import type { Desired, StackResource } from '../model.ts';
import type { ResourceContext } from '../provider.ts';
import { exportsOf } from '../stack/outputs.ts';
import type { Stack } from '../stack/stack.ts';
import type { Scope } from '../template/intrinsics.ts';
import { createScope } from '../template/scope.ts';
import { conditionOf } from './desired.ts';
import { physicalName } from './physical-name.ts';

/** One attempt to bring a stack to something: what its steps share. */
export interface Attempt {
  readonly engine: Engine;
  readonly stack: Stack;
  /** Makes the physical names of this attempt differ from those of others. */
  readonly id: string;
  readonly signal: AbortSignal;
  /** Aborted where the work waits for nothing outside of the endpoint; with {@link signal} at the latest. */
  readonly waiting: AbortSignal;
}

export function newAttempt(engine: Engine, stack: Stack, signal: AbortSignal, waiting = signal): Attempt {
  return { engine, stack, id: randomUUID(), signal, waiting };
}

/** What a provider knows of the resource that it is called for. */
export function contextOf(
  { engine, stack, id, waiting }: Attempt,
  logicalId: string,
  resourceType: string,
  waits = (reason: string) => tellWait(stack, logicalId, reason),
): ResourceContext {
  return {
    signal: waiting,
    waits,
    region: engine.region,
    stackId: stack.id,
    stackName: stack.name,
    logicalId,
    resourceType,
    physicalName: (maxLength, options) =>
      physicalName(stack.name, logicalId, `${stack.id}/${logicalId}/${id}`, maxLength, options),
  };
}

function tellWait(stack: Stack, logicalId: string, statusReason: string): void {
  const record = stack.resources.get(logicalId);
  if (record) {
    stack.setResource({ ...record, statusReason, timestamp: new Date() });
  }
}

/** The meaning of names while a stack is deployed: resources are what they are at this moment. */
export function deploymentScope(
  { engine, stack }: Pick<Attempt, 'engine' | 'stack'>,
  desired: Desired,
  options: {
    readonly masked?: boolean;
    readonly imports?: Set<string>;
    readonly resource?: (logicalId: string) => ReturnType<typeof presentResource> | 'unknown';
  } = {},
): Scope {
  return createScope(desired.template, {
    region: engine.region,
    stackId: stack.id,
    stackName: stack.name,
    parameters: desired.parameters,
    condition: conditionOf(desired.conditions),
    getParameter: (name) => engine.deps.getParameter(name),
    addressesIn: engine.deps.addressesIn,
    resource: options.resource ?? ((logicalId) => presentResource(stack.resources.get(logicalId))),
    importValue: (name) => {
      const found = exportsOf(engine.stacks.all()).find((exported) => exported.Name === name);
      if (found?.Value === undefined) {
        throw validationError(`No export named ${name} found.`);
      }
      options.imports?.add(name);
      return found.Value;
    },
    ...(options.masked && { masked: true }),
  });
}

/** What there is of a resource, if it was made and not deleted. */
export function presentResource(record: StackResource | undefined): StackResource['resource'] {
  return record?.status === 'DELETE_COMPLETE' ? undefined : record?.resource;
}

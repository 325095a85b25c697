import { customNamed, failureReason } from '../errors.ts';
import type { Desired, Journal, StackResource } from '../model.ts';
import type { Properties, Resource, ResourceProvider } from '../provider.ts';
import { resolve, type Scope } from '../template/intrinsics.ts';
import { changeOf } from './change.ts';
import { type Attempt, contextOf, presentResource } from './deployment-context.ts';
import { withSecrets } from './dynamic-reference.ts';
import { existingResource } from './existing-resource.ts';

/** A deployment's resources, one at a time. */
export interface ResourceDeployment extends Attempt {
  readonly desired: Desired;
  readonly scope: Scope;
  readonly maskedScope: Scope;
  readonly journal: Journal;
  /** Identifiers, by logical id, of what is there already and is taken into the stack. */
  readonly imports: ReadonlyMap<string, string>;
}

type Made = StackResource & { readonly resource: Resource };

/**
 * Makes, changes or replaces one resource as its definition says, once everything that it depends on is there.
 * Returns whether that went well; if not, the resource's record says why.
 */
export async function deployResource(deployment: ResourceDeployment, logicalId: string): Promise<boolean> {
  const { stack, engine, desired } = deployment;
  const definition = desired.template.resources.get(logicalId);
  if (!definition) {
    return false;
  }
  const present = stack.resources.get(logicalId);
  const next: StackResource = {
    logicalId,
    definition,
    properties: {},
    shown: {},
    dependsOn: [...(desired.graph.get(logicalId) ?? [])],
    resource: undefined,
    status: 'CREATE_IN_PROGRESS',
    statusReason: undefined,
    timestamp: new Date(),
  };
  try {
    const resolved = { ...next, ...resolvedProperties(deployment, definition.Properties) };
    const provider = engine.types.get(definition.Type);
    const { kind } = changeOf(present, definition, resolved.properties, provider);
    const identifier = deployment.imports.get(logicalId);
    if (identifier !== undefined && !isMade(present)) {
      return await adopt(deployment, resolved, identifier);
    }
    if (kind === 'add' || !isMade(present)) {
      return await create(deployment, provider, resolved);
    }
    if (kind === 'replacement') {
      refuseSameName(provider, present.properties, resolved.properties);
      return await replace(deployment, provider, present, resolved);
    }
    if (kind === 'in place') {
      return await update(deployment, provider, present, resolved);
    }
    remember(deployment, logicalId);
    stack.resources.set(logicalId, { ...present, definition, dependsOn: next.dependsOn });
    return true;
  } catch (error) {
    // The properties could not be resolved: nothing was asked of a provider yet.
    const status = isMade(present) ? 'UPDATE_FAILED' : 'CREATE_FAILED';
    remember(deployment, logicalId);
    stack.setResource({ ...(present ?? next), ...stamp(status, failureReason(error)) });
    return false;
  }
}

function refuseSameName({ nameProperty = '' }: ResourceProvider, before: Properties, after: Properties): void {
  const name = after[nameProperty];
  if (name !== undefined && name === before[nameProperty]) {
    throw customNamed(name);
  }
}

function resolvedProperties({ scope, maskedScope }: ResourceDeployment, value: unknown) {
  const properties = (resolve(value, scope) ?? {}) as Properties;
  return { properties, shown: (resolve(value, maskedScope) ?? {}) as Properties };
}

async function create(deployment: ResourceDeployment, provider: ResourceProvider, next: StackResource) {
  remember(deployment, next.logicalId);
  deployment.stack.setResource({ ...next, ...stamp('CREATE_IN_PROGRESS') });
  return settle(deployment, next, 'CREATE', () => callCreate(deployment, provider, next), next);
}

/** Takes a resource that is there already, and changes nothing in it. */
async function adopt(deployment: ResourceDeployment, next: StackResource, identifier: string): Promise<boolean> {
  const { journal, stack } = deployment;
  remember(deployment, next.logicalId);
  stack.setResource({ ...next, ...stamp('IMPORT_IN_PROGRESS', 'Resource import started.') });
  try {
    const resource = await existingResource(deployment, next, identifier);
    journal.adopted.add(next.logicalId);
    stack.setResource({ ...next, resource, ...stamp('IMPORT_COMPLETE', 'Resource import completed.') });
    return true;
  } catch (error) {
    stack.setResource({ ...next, ...stamp('CREATE_FAILED', failureReason(error)) });
    return false;
  }
}

async function replace(deployment: ResourceDeployment, provider: ResourceProvider, present: Made, next: StackResource) {
  remember(deployment, next.logicalId);
  const reason = 'Requested update requires the creation of a new physical resource; hence creating one.';
  deployment.stack.setResource({ ...present, ...stamp('UPDATE_IN_PROGRESS', reason) });
  // Where the new one cannot be made, the old one is still what it was.
  return settle(deployment, next, 'UPDATE', () => callCreate(deployment, provider, next), present);
}

async function update(deployment: ResourceDeployment, provider: ResourceProvider, present: Made, next: StackResource) {
  remember(deployment, next.logicalId);
  deployment.stack.setResource({ ...present, ...stamp('UPDATE_IN_PROGRESS') });
  const call = () => callUpdate(deployment, provider, present, next.properties, present.properties);
  return settle(deployment, next, 'UPDATE', call, { ...next, resource: present.resource });
}

/** Waits for a provider and records what came of it; `failed` is what the resource is if nothing did. */
async function settle(
  { stack, journal, engine }: ResourceDeployment,
  next: StackResource,
  action: 'CREATE' | 'UPDATE',
  call: () => Promise<Resource>,
  failed: StackResource,
): Promise<boolean> {
  const present = stack.resources.get(next.logicalId);
  try {
    const resource = await call();
    const before = journal.before.get(next.logicalId);
    if (present?.resource && present.resource.physicalId !== resource.physicalId) {
      // The journal keeps what was there at first; what a repeated attempt made in between must go as well.
      if (before?.resource?.physicalId !== present.resource.physicalId) {
        journal.superseded.push(present);
      }
    }
    const provider = engine.types.get(next.definition.Type);
    stack.setResource({ ...next, resource, ...stamp(`${action}_COMPLETE`, shortfallOf(provider, next)) });
    return true;
  } catch (error) {
    stack.setResource({ ...failed, ...stamp(`${action}_FAILED`, failureReason(error)) });
    return false;
  }
}

/** What a resource does not do here, if there is anything. */
function shortfallOf(provider: ResourceProvider, next: StackResource): string | undefined {
  const { properties, logicalId, definition } = next;
  const recorded = Object.entries(provider.recorded ?? {})
    .filter(([name]) => properties[name] !== undefined)
    .map(([name, why]) => `${name} (${why})`);
  const policies = Object.keys(Object(definition.UpdatePolicy)).map(
    (name) => `${name} (${provider.updatePolicies?.[name]})`,
  );
  recorded.push(...policies);
  const texts = [
    provider.shortfall ?? provider.shortfallOf?.(properties, logicalId),
    recorded.length > 0 ? `Recorded only: ${recorded.join(', ')}.` : undefined,
  ].filter((text) => text !== undefined);
  return texts.length > 0 ? texts.join(' ') : undefined;
}

async function callCreate(attempt: Attempt, provider: ResourceProvider, next: StackResource): Promise<Resource> {
  const properties = await withSecrets(next.properties, attempt.engine.deps);
  return provider.create(properties, contextOf(attempt, next.logicalId, next.definition.Type));
}

/** Asks a provider to change a resource in place; also the way back, when a deployment is undone. */
export async function callUpdate(
  attempt: Attempt,
  provider: ResourceProvider,
  { logicalId, definition, resource }: Made,
  properties: Properties,
  previous: Properties,
): Promise<Resource> {
  if (!provider.update) {
    throw new Error(`${definition.Type} cannot be updated in place.`);
  }
  const { deps } = attempt.engine;
  const [next, last] = await Promise.all([withSecrets(properties, deps), withSecrets(previous, deps)]);
  return provider.update(resource, next, last, contextOf(attempt, logicalId, definition.Type));
}

export function isMade(record: StackResource | undefined): record is Made {
  return presentResource(record) !== undefined;
}

export function stamp(status: StackResource['status'], statusReason?: string) {
  return { status, statusReason, timestamp: new Date() } as const;
}

function remember({ journal, stack }: ResourceDeployment, logicalId: string): void {
  if (journal.before.has(logicalId)) {
    return;
  }
  const present = stack.resources.get(logicalId);
  journal.before.set(logicalId, isMade(present) ? present : undefined);
}

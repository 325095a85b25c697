import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Region } from '../../../wire/operation.ts';
import { physicalName } from '../deployment/physical-name.ts';
import type { Properties, ResourceContext, ResourceProvider } from '../provider.ts';
import { requirementOf } from '../resource-types.ts';

export const region: Region = { accountId: '000000000000', name: 'eu-west-1', endpoint: 'http://127.0.0.1:4566' };

export function contextOf(resourceType: string, logicalId = 'Thing', regionOf = region): ResourceContext {
  const attempt = randomUUID();
  return {
    region: regionOf,
    stackId: 'arn:aws:cloudformation:eu-west-1:000000000000:stack/Factory/1',
    stackName: 'Factory',
    logicalId,
    resourceType,
    signal: new AbortController().signal,
    waits: () => {},
    physicalName: (maxLength, options) => physicalName('Factory', logicalId, attempt, maxLength, options),
  };
}

/** Makes a resource as CloudFormation does, and gives what it does with it afterwards. */
export async function make(provider: ResourceProvider, properties: Properties, logicalId?: string) {
  const { type } = provider;
  assertServed(provider, properties);
  const first = await provider.create(properties, contextOf(type, logicalId));
  let current = { resource: first, properties };
  return {
    ...first,
    /** Changes the resource; whatever is different must be a property that is changed in place. */
    change: async (next: Properties) => {
      assertServed(provider, next);
      for (const name of new Set([...Object.keys(current.properties), ...Object.keys(next)])) {
        if (JSON.stringify(current.properties[name]) === JSON.stringify(next[name])) {
          continue;
        }
        expect(requirementOf(provider, name), name).toBe('in place');
      }
      const resource = await provider.update?.(current.resource, next, current.properties, contextOf(type, logicalId));
      if (!resource) {
        throw new Error(`${type} has no update.`);
      }
      current = { resource, properties: next };
      return resource;
    },
    /** Deletes it, twice: the second time it is gone already. */
    remove: async () => {
      for (let i = 0; i < 2; i++) {
        await provider.delete(current.resource, current.properties, contextOf(type, logicalId));
      }
    },
  };
}

function assertServed(provider: ResourceProvider, properties: Properties): void {
  const unknown = Object.keys(properties).filter((name) => !requirementOf(provider, name));
  expect(unknown, `properties that ${provider.type} does not serve`).toEqual([]);
}

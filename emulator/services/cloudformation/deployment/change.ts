import { isDeepStrictEqual } from 'node:util';
import type { StackResource } from '../model.ts';
import type { Properties, ResourceProvider } from '../provider.ts';
import { requirementOf } from '../resource-types.ts';
import type { ResourceDefinition } from '../template/template.ts';

/** How a resource differs from what its template now says of it. */
export interface Change {
  /** `attributes`: nothing that its provider would know of, only metadata or policies. */
  readonly kind: 'add' | 'none' | 'attributes' | 'in place' | 'replacement';
  readonly properties: readonly PropertyChange[];
  readonly attributes: readonly Attribute[];
}

export interface PropertyChange {
  readonly name: string;
  readonly requires: 'in place' | 'replacement';
}

const attributeNames = ['Metadata', 'DeletionPolicy', 'UpdateReplacePolicy'] as const;
type Attribute = (typeof attributeNames)[number];

/** Compares a resource with its definition and its newly resolved properties. */
export function changeOf(
  present: StackResource | undefined,
  definition: ResourceDefinition,
  properties: Properties,
  provider: ResourceProvider,
): Change {
  if (!present?.resource) {
    return { kind: 'add', properties: [], attributes: [] };
  }
  const names = new Set([...Object.keys(present.properties), ...Object.keys(properties)]);
  const changed = [...names]
    .filter((name) => !isDeepStrictEqual(present.properties[name], properties[name]))
    .map((name) => ({ name, requires: requirementOf(provider, name) ?? 'in place' }));
  const attributes = attributeNames.filter((name) => !isDeepStrictEqual(present.definition[name], definition[name]));
  return { kind: kindOf(present, changed, attributes), properties: changed, attributes };
}

function kindOf(
  { status }: StackResource,
  changed: readonly PropertyChange[],
  attributes: readonly Attribute[],
): Change['kind'] {
  if (changed.some(({ requires }) => requires === 'replacement')) {
    return 'replacement';
  }
  // An update that failed may have been done by half, so it is tried again even where it asks for nothing new.
  if (changed.length > 0 || status === 'UPDATE_FAILED') {
    return 'in place';
  }
  return attributes.length > 0 ? 'attributes' : 'none';
}

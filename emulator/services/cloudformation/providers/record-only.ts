import type { Properties, Resource, ResourceContext, ResourceProvider } from '../provider.ts';

/**
 * A type whose resources are only what `create` says of them; a change of its properties changes nothing. It is for what has no
 * behaviour here, and whose absence breaks no function: what does not happen is said in `shortfall`; there is none where AWS, too, only keeps it.
 */
export function recordOnly(
  type: string,
  properties: ResourceProvider['properties'],
  create: (properties: Properties, context: ResourceContext) => Resource,
  shortfall: string | undefined,
): ResourceProvider {
  return {
    type,
    properties,
    ...(shortfall && { shortfall: `Recorded only: ${shortfall}` }),
    create: async (given, context) => create(given, context),
    update: async (resource) => resource,
    delete: async () => {},
  };
}

/** Properties by what a change of them does. */
export const propertiesOf = (
  inPlace: readonly string[],
  replacing: readonly string[] = [],
): ResourceProvider['properties'] =>
  Object.fromEntries([
    ...inPlace.map((name) => [name, 'in place'] as const),
    ...replacing.map((name) => [name, 'replacement'] as const),
  ]);

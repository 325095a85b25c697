import type { Properties, ResourceProvider } from '../../provider.ts';
import { textOf } from '../api-input.ts';
import { unlessGone } from '../gone.ts';
import { isChanged, withDefaults } from '../property-change.ts';
import type { ServiceOperations } from '../service-operations.ts';

type Operations = Awaited<ReturnType<ServiceOperations['httpApis']>>;

/** A part of an HTTP API that has an ID of its own: how it is made, changed and deleted. */
export interface HttpApiPart {
  readonly type: string;
  /** The properties, less ApiId, which all parts have. */
  readonly properties: ResourceProvider['properties'];
  /** What it has where a template no longer says. */
  readonly defaults?: Properties;
  /** The member with the ID, which `Ref` gives. */
  readonly id: string;
  readonly refusals?: (properties: Properties) => readonly string[];
  readonly shortfallOf?: (properties: Properties) => string | undefined;
  create(operations: Operations, properties: Properties): Promise<Readonly<Record<string, unknown>>>;
  update(operations: Operations, properties: Properties): Promise<unknown>;
  delete(operations: Operations, ids: { ApiId: string } & Readonly<Record<string, string>>): unknown;
}

export function httpApiPart(httpApis: ServiceOperations['httpApis'], part: HttpApiPart): ResourceProvider {
  const { type, properties, defaults = {}, id, refusals, shortfallOf } = part;
  return {
    type,
    properties: { ApiId: 'replacement', ...properties },
    ...(refusals && { refusals }),
    ...(shortfallOf && { shortfallOf }),
    create: async (given) => {
      const made = await part.create(await httpApis(), given);
      const physicalId = String(made[id]);
      return { physicalId, attributes: { [id]: physicalId } };
    },
    update: async (resource, given, previous) => {
      if (isChanged(previous, given, Object.keys(properties))) {
        await part.update(await httpApis(), { ...withDefaults(previous, given, defaults), [id]: resource.physicalId });
      }
      return resource;
    },
    delete: ({ physicalId }, { ApiId }) =>
      unlessGone(async () => part.delete(await httpApis(), { ApiId: textOf(ApiId, '#/ApiId'), [id]: physicalId })),
  };
}

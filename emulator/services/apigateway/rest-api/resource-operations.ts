import type * as apigateway from '@aws-sdk/client-api-gateway';
import type { Handlers } from '../../../wire/operation.ts';
import { newId } from '../serving/api-server.ts';
import { badRequest, conflict } from './errors.ts';
import { pageOf } from './paging.ts';
import { existing, type Resource, type RestApi } from './rest-api.ts';

/** Source: "Amazon API Gateway quotas". */
const mostResources = 300;
const part = /^(\{[\w.:-]+\+?\}|[\w.\-~:$!'()*+,;=@%]+)$/;

/** The resources of a REST API: the tree of its paths. */
export const resourceOperations = (apis: ReadonlyMap<string, RestApi>) =>
  ({
    CreateResource: ({ restApiId, parentId, pathPart = '' }) => {
      const api = existing(apis, 'API', restApiId);
      const parent = existing(api.resources, 'Resource', parentId);
      checkPart(api, parent, pathPart);
      const path = `${parent.path === '/' ? '' : parent.path}/${pathPart}`;
      const resource: Resource = { id: newId(6), parentId: parent.id, pathPart, path, methods: new Map() };
      api.resources.set(resource.id, resource);
      return described(resource, []);
    },
    GetResource: ({ restApiId, resourceId, embed }) =>
      described(existing(existing(apis, 'API', restApiId).resources, 'Resource', resourceId), embed),
    GetResources: ({ restApiId, embed, ...input }) => {
      const { items, ...next } = pageOf(
        [...existing(apis, 'API', restApiId).resources.values()],
        ({ id }) => id,
        input,
      );
      return { items: items.map((resource) => described(resource, embed)), ...next };
    },
    DeleteResource: ({ restApiId, resourceId }) => {
      const api = existing(apis, 'API', restApiId);
      const { id } = existing(api.resources, 'Resource', resourceId);
      if (id === api.rootId) {
        throw badRequest('Resource at path / cannot be deleted');
      }
      deleteBelow(api, id);
      return {};
    },
  }) satisfies Handlers<typeof apigateway>;

function described({ methods, ...resource }: Resource, embed: readonly string[] | undefined): apigateway.Resource {
  if (methods.size === 0) {
    return resource;
  }
  const isEmbedded = embed?.includes('methods');
  return {
    ...resource,
    resourceMethods: Object.fromEntries([...methods].map(([name, method]) => [name, isEmbedded ? method : {}])),
  };
}

function checkPart(api: RestApi, parent: Resource, pathPart: string): void {
  if (!part.test(pathPart)) {
    throw badRequest(
      "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.",
    );
  }
  if (/\+\}$/.test(parent.pathPart ?? '')) {
    throw badRequest(`Cannot create a child of a resource with a greedy path variable: ${parent.path}`);
  }
  const siblings = [...api.resources.values()].filter(({ parentId }) => parentId === parent.id);
  if (siblings.some((sibling) => sibling.pathPart === pathPart)) {
    throw conflict(`Another resource with the same parent already has this name: ${pathPart}`);
  }
  const variable = siblings.find((sibling) => /^\{[^+]*\}$/.test(sibling.pathPart ?? ''));
  if (variable && /^\{[^+]*\}$/.test(pathPart)) {
    throw badRequest(
      `A sibling (${variable.pathPart}) of this resource already has a variable path part -- only one is allowed`,
    );
  }
  if (api.resources.size > mostResources) {
    throw badRequest(`Maximum number of Resources for this API has been reached: ${mostResources}`);
  }
}

function deleteBelow(api: RestApi, id: string): void {
  api.resources.delete(id);
  for (const child of [...api.resources.values()]) {
    if (child.parentId === id) {
      deleteBelow(api, child.id);
    }
  }
}

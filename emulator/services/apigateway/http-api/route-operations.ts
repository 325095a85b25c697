import type * as apigateway from '@aws-sdk/client-apigatewayv2';
import type { Handlers } from '../../../wire/operation.ts';
import { newId } from '../serving/api-server.ts';
import { badRequest, conflict, refuseMembers } from './errors.ts';
import { existing, type HttpApi, type Route } from './http-api.ts';
import { pageOf } from './paging.ts';
import { readRouteKey } from './route-key.ts';

/** Source: "Amazon API Gateway quotas". */
const mostRoutes = 300;
const refused = [
  'ApiKeyRequired',
  'ModelSelectionExpression',
  'RequestModels',
  'RequestParameters',
  'RouteResponseSelectionExpression',
] as const;

/** The routes of an HTTP API. */
export const routeOperations = (apis: ReadonlyMap<string, HttpApi>) =>
  ({
    CreateRoute: ({ ApiId, RouteKey = '', ...input }) => {
      const api = existing(apis, 'API', ApiId);
      refuseMembers(input, refused);
      if (api.routes.size >= mostRoutes) {
        throw badRequest(`Maximum number of routes per API has been reached: ${mostRoutes}`);
      }
      checkKey(api, RouteKey, undefined);
      const route: Route = { ApiKeyRequired: false, AuthorizationType: 'NONE', ...input, RouteId: newId(7), RouteKey };
      checkTarget(api, route);
      api.routes.set(route.RouteId ?? '', route);
      api.changed();
      return route;
    },
    GetRoute: ({ ApiId, RouteId }) => existing(existing(apis, 'API', ApiId).routes, 'Route', RouteId),
    GetRoutes: ({ ApiId, ...input }) =>
      pageOf([...existing(apis, 'API', ApiId).routes.values()], ({ RouteId }) => RouteId, input),
    UpdateRoute: ({ ApiId, RouteId = '', ...input }) => {
      const api = existing(apis, 'API', ApiId);
      const before = existing(api.routes, 'Route', RouteId);
      refuseMembers(input, refused);
      const given = Object.entries(input).filter(([, value]) => value !== undefined);
      const route: Route = { ...before, ...Object.fromEntries(given) };
      checkKey(api, route.RouteKey, RouteId);
      checkTarget(api, route);
      api.routes.set(RouteId, route);
      api.changed();
      return route;
    },
    DeleteRoute: ({ ApiId, RouteId = '' }) => {
      const api = existing(apis, 'API', ApiId);
      existing(api.routes, 'Route', RouteId);
      api.routes.delete(RouteId);
      api.changed();
      return {};
    },
  }) satisfies Handlers<typeof apigateway>;

function checkKey(api: HttpApi, key: string, own: string | undefined): void {
  readRouteKey(key);
  if ([...api.routes.values()].some(({ RouteKey, RouteId }) => RouteKey === key && RouteId !== own)) {
    throw conflict(`Route with key ${key} already exists for this API`);
  }
}

function checkTarget(api: HttpApi, { Target, AuthorizationType, AuthorizerId }: Route): void {
  const [, integrationId] = /^integrations\/(.+)$/.exec(Target ?? '') ?? [];
  if (Target !== undefined && integrationId === undefined) {
    throw badRequest(`Invalid target specified ${Target}`);
  }
  if (integrationId !== undefined) {
    existing(api.integrations, 'Integration', integrationId);
  }
  if (AuthorizationType === 'CUSTOM' || AuthorizationType === 'JWT') {
    existing(api.authorizers, 'Authorizer', AuthorizerId);
  }
}

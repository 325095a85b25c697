import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy, { type MiddyfiedHandler } from '@middy/core';
import httpHeaderNormalizer from '@middy/http-header-normalizer';
import httpRouter, { type Method, type Route } from '@middy/http-router';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { writeMetrics } from './lambda-function.ts';
import { MethodNotAllowed, problemJson, RouteNotFound } from './problem-json.ts';
import type { Telemetry } from './telemetry.ts';

export type HttpRoute = Route<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>;

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'] as const satisfies readonly Method[];

/**
 * Makes a Lambda handler of routes, for a function URL (payload format 2.0).
 *
 * Routes read headers by names in lower case. What they throw becomes an answer in problem+json; an unknown path is
 * answered 404, and another method on a known path 405.
 */
export function httpFunction(
  routes: readonly HttpRoute[],
  { logger, metrics }: Telemetry,
): MiddyfiedHandler<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2> {
  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(injectLambdaContext(logger))
    .use(writeMetrics(metrics))
    .use(httpHeaderNormalizer())
    .use(problemJson(logger))
    .handler(
      httpRouter({
        routes: [...routes, ...refusedMethods(routes)],
        notFoundResponse: ({ path }) => {
          throw new RouteNotFound(path);
        },
      }),
    );
}

/** Routes for every method that a path does not have. */
function refusedMethods(routes: readonly HttpRoute[]): HttpRoute[] {
  const paths = new Set(routes.map(({ path }) => path));
  return [...paths].flatMap((path) => {
    const allowed = routes.filter((route) => route.path === path).map(({ method }) => method);
    const refused = methods.filter((method) => !allowed.includes(method));
    return refused.map((method) => ({
      method,
      path,
      handler: () => Promise.reject(new MethodNotAllowed(method, allowed)),
    }));
  });
}

import { corsHeaders, isCorsHeader, isPreflight } from '../../../wire/lambda-proxy/cors.ts';
import { jsonAnswer, type UrlResponse } from '../../../wire/lambda-proxy/loopback-server.ts';
import { type ProxiedVia, proxiedRequest, proxiedResponse } from '../../../wire/lambda-proxy/payload-1.ts';
import { eventOf, responseOf } from '../../../wire/lambda-proxy/payload-2.ts';
import type { ApiRequest } from '../serving/api-server.ts';
import { functionOf, invokeFunction } from '../serving/function-integration.ts';
import { authorize } from './authorize.ts';
import type { HttpApi } from './http-api.ts';
import { bestRoute } from './route-key.ts';
import type { Routed, ServingDeps } from './routed.ts';

const defaultTimeoutMs = 30_000;

const message = (status: number, text: string): UrlResponse => jsonAnswer(status, { message: text });
export const fault = message(500, 'Internal Server Error');
export const tooLarge = message(413, 'Request Entity Too Large');

/** Answers a request to an HTTP API. Source: API Gateway Developer Guide, "API Gateway HTTP APIs". */
export async function serveRequest(api: HttpApi, request: ApiRequest, deps: ServingDeps): Promise<UrlResponse> {
  const { CorsConfiguration: cors } = api.settings;
  if (cors && isPreflight(request.incoming)) {
    return { status: 204, headers: corsHeaders(cors, request.incoming), body: '' };
  }
  const answer = await answerOf(api, request, deps);
  if (!cors) {
    return answer;
  }
  const own = Object.entries(answer.headers).filter(([name]) => !isCorsHeader(name));
  return { ...answer, headers: { ...Object.fromEntries(own), ...corsHeaders(cors, request.incoming) } };
}

async function answerOf(api: HttpApi, request: ApiRequest, deps: ServingDeps): Promise<UrlResponse> {
  const routed = routeOf(api, request, deps);
  if (!routed) {
    return message(404, 'Not Found');
  }
  const authorized = await authorize(routed);
  if ('status' in authorized) {
    return authorized;
  }
  return integrate(routed, authorized);
}

function routeOf(api: HttpApi, request: ApiRequest, deps: ServingDeps): Routed | undefined {
  const [, first = ''] = request.path.split('/');
  const named = first === '$default' ? undefined : api.stages.get(first);
  const stage = named ?? api.stages.get('$default');
  const path = named ? request.path.slice(first.length + 1) || '/' : request.path;
  const deployed = stage && api.deployedTo(stage);
  const found = deployed && bestRoute(deployed.routes, request.method, path);
  if (!stage || !found) {
    return undefined;
  }
  const { route, parameters } = found;
  const { accountId } = deps.region;
  const common = {
    accountId,
    requestId: request.requestId,
    stageVariables: stage.StageVariables,
    pathParameters: parameters,
  };
  const resource = route.RouteKey.split(' ').at(-1) ?? '';
  const via = { ...common, id: api.id, routeKey: route.RouteKey, stage: stage.StageName };
  const viaV1 = {
    ...common,
    apiId: api.id,
    resource,
    resourceId: route.RouteKey,
    stage: stage.StageName,
    path: request.path,
  };
  return { deps, api, stage, deployed, route, request, path, via, viaV1 };
}

async function integrate(
  routed: Routed,
  { authorizer, context, caller }: Exclude<Awaited<ReturnType<typeof authorize>>, UrlResponse>,
): Promise<UrlResponse> {
  const { deps, deployed, route, stage, request } = routed;
  const integration = deployed.integrations.get(route.Target?.replace(/^integrations\//, '') ?? '');
  const name = functionOf(integration?.IntegrationUri ?? '', stage.StageVariables);
  if (!integration || name === undefined) {
    return fault;
  }
  const isFirst = integration.PayloadFormatVersion === '1.0';
  const event = isFirst
    ? eventV1(routed, { authorizer: context, caller })
    : eventOf(request.incoming, request.body, { ...routed.via, authorizer });
  const invoked = await invokeFunction(deps, name, event, integration.TimeoutInMillis ?? defaultTimeoutMs);
  if ('failed' in invoked) {
    return invoked.failed === 'timeout' ? message(503, 'Service Unavailable') : fault;
  }
  return (isFirst ? proxiedResponse(invoked.payload) : responseOf(invoked.payload)) ?? fault;
}

const textTypes = /^(text\/|application\/(.*\+)?(json|xml|javascript)\b)/i;

function eventV1({ request, viaV1 }: Routed, who: Pick<ProxiedVia, 'authorizer' | 'caller'>): Buffer {
  const { incoming, body } = request;
  const isText = body.length === 0 || textTypes.test(incoming.headers['content-type'] ?? '');
  const event = {
    version: '1.0',
    ...proxiedRequest(incoming, { ...viaV1, ...who }),
    body: body.length === 0 ? null : isText ? body.toString() : body.toString('base64'),
    isBase64Encoded: !isText,
  };
  return Buffer.from(JSON.stringify(event));
}

import type { UrlResponse } from '../../../wire/lambda-proxy/loopback-server.ts';
import { type ProxiedVia, proxiedRequest, proxiedResponse } from '../../../wire/lambda-proxy/payload-1.ts';
import type { ApiRequest } from '../serving/api-server.ts';
import { functionOf, invokeFunction } from '../serving/function-integration.ts';
import { authorize } from './authorize.ts';
import { type GatewayResponseType, gatewayResponse } from './gateway-response.ts';
import { mockAnswer } from './mock-integration.ts';
import { findMethod } from './resource-tree.ts';
import type { RestApi } from './rest-api.ts';
import type { Routed, ServingDeps } from './routed.ts';

const defaultTimeoutMs = 29_000;

export const fault = gatewayResponse('DEFAULT_5XX');
export const tooLarge = gatewayResponse('REQUEST_TOO_LARGE');

/** Answers a request to a REST API, whose path begins with the name of a stage. Source: API Gateway Developer Guide, "API Gateway REST APIs". */
export async function serveRequest(api: RestApi, request: ApiRequest, deps: ServingDeps): Promise<UrlResponse> {
  const [, stageName = ''] = request.path.split('/');
  const stage = api.stages.get(stageName);
  const snapshot = stage && api.deployments.get(stage.deploymentId ?? '')?.snapshot;
  if (!stage || !snapshot) {
    return { ...gatewayResponse('ACCESS_DENIED'), body: '{"message":"Forbidden"}' };
  }
  const path = request.path.slice(stageName.length + 1) || '/';
  const found = findMethod(snapshot.resources, request.method, path);
  if (!found) {
    return gatewayResponse('MISSING_AUTHENTICATION_TOKEN', snapshot.gatewayResponses);
  }
  const via: ProxiedVia = {
    apiId: api.id,
    accountId: deps.region.accountId,
    requestId: request.requestId,
    resource: found.resource.path,
    resourceId: found.resource.id,
    stage: stageName,
    path,
    stageVariables: stage.variables,
    pathParameters: found.parameters,
  };
  const routed: Routed = { deps, api, stage, snapshot, method: found.method, request, path, via };
  const authorized = await authorize(routed);
  if ('status' in authorized) {
    return authorized;
  }
  if (!found.method.apiKeyRequired) {
    return integrate(routed, authorized);
  }
  const value = request.incoming.headers['x-api-key']?.toString();
  const apiKey = deps.usagePlans.keyFor(value, api.id, stageName);
  return apiKey
    ? integrate(routed, { ...authorized, apiKey })
    : gatewayResponse('INVALID_API_KEY', snapshot.gatewayResponses);
}

async function integrate(
  routed: Routed,
  who: Pick<ProxiedVia, 'apiKey' | 'authorizer' | 'caller'>,
): Promise<UrlResponse> {
  const { deps, method, stage, snapshot, request, via } = routed;
  const refusal = (type: GatewayResponseType) => gatewayResponse(type, snapshot.gatewayResponses);
  const { methodIntegration: integration } = method;
  if (integration?.type === 'MOCK') {
    return mockAnswer(integration, request) ?? refusal('API_CONFIGURATION_ERROR');
  }
  const name = functionOf(integration?.uri ?? '', stage.variables);
  if (!integration || name === undefined) {
    return refusal('API_CONFIGURATION_ERROR');
  }
  const event = eventOf(request, { ...via, ...who }, snapshot.binaryMediaTypes);
  const invoked = await invokeFunction(deps, name, event, integration.timeoutInMillis ?? defaultTimeoutMs);
  if ('failed' in invoked) {
    return refusal(invoked.failed === 'timeout' ? 'INTEGRATION_TIMEOUT' : 'DEFAULT_5XX');
  }
  const accepted = request.incoming.headers.accept?.split(',', 1)[0] ?? '*/*';
  return proxiedResponse(invoked.payload, isBinary(accepted, snapshot.binaryMediaTypes)) ?? refusal('DEFAULT_5XX');
}

function eventOf({ incoming, body }: ApiRequest, via: ProxiedVia, binaryMediaTypes: readonly string[]): Buffer {
  const isBase64Encoded = body.length > 0 && isBinary(incoming.headers['content-type'] ?? '', binaryMediaTypes);
  const event = {
    ...proxiedRequest(incoming, via),
    body: body.length === 0 ? null : body.toString(isBase64Encoded ? 'base64' : 'utf8'),
    isBase64Encoded,
  };
  return Buffer.from(JSON.stringify(event));
}

/** Whether a type is among those that an API takes for bytes ("Working with binary media types for REST APIs"). */
function isBinary(type: string, binaryMediaTypes: readonly string[]): boolean {
  const wanted = type.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return binaryMediaTypes.some((one) => {
    const binary = one.replaceAll('~1', '/').toLowerCase();
    return binary === '*/*' || binary === wanted || (binary.endsWith('/*') && wanted.startsWith(binary.slice(0, -1)));
  });
}

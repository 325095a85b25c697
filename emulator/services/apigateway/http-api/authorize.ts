import type * as apigateway from '@aws-sdk/client-apigatewayv2';
import { jsonAnswer, type UrlResponse } from '../../../wire/lambda-proxy/loopback-server.ts';
import { proxiedRequest } from '../../../wire/lambda-proxy/payload-1.ts';
import { iamOf, requestOf } from '../../../wire/lambda-proxy/payload-2.ts';
import { arn, type Caller } from '../../../wire/operation.ts';
import { allows } from '../serving/authorization-policy.ts';
import { functionOf, invokeFunction } from '../serving/function-integration.ts';
import { signerOf } from '../serving/signed-request.ts';
import type { AuthorizerAnswer } from './http-api.ts';
import type { Routed } from './routed.ts';

/** Milliseconds that an authorizer may take. */
const timeoutMs = 10_000;

/** Who a request is from, as the function's event tells it; or the answer of one that is not let in. */
export type Authorized =
  | { readonly authorizer?: object; readonly context?: object; readonly caller?: Caller }
  | UrlResponse;

export const forbidden = jsonAnswer(403, { message: 'Forbidden' });
const unauthorized = jsonAnswer(401, { message: 'Unauthorized' });
const failed = jsonAnswer(500, { message: 'Internal Server Error' });

/** Source: API Gateway Developer Guide, "Control access to HTTP APIs with AWS Lambda authorizers", "... with IAM authorization". */
export async function authorize(routed: Routed): Promise<Authorized> {
  const { route, deps, request, deployed } = routed;
  if (route.AuthorizationType === 'AWS_IAM') {
    const caller = signerOf(deps.accessKeys, request);
    return caller ? { authorizer: { iam: iamOf(caller, deps.region.accountId) }, caller } : forbidden;
  }
  const authorizer = deployed.authorizers.get(route.AuthorizerId ?? '');
  if (route.AuthorizationType !== 'CUSTOM' || !authorizer) {
    return route.AuthorizationType === 'CUSTOM' ? failed : {};
  }
  const identity = (authorizer.IdentitySource ?? []).map((source) => identityOf(source, routed));
  if (identity.some((value) => value === undefined || value === '')) {
    return unauthorized;
  }
  const ttl = identity.length > 0 ? (authorizer.AuthorizerResultTtlInSeconds ?? 0) : 0;
  const answer = await routed.api
    .cacheOf(authorizer.AuthorizerId ?? '')
    .get(JSON.stringify(identity), ttl, () => ask(authorizer, identity as string[], routed));
  return answer ? judged(authorizer, answer, routed) : failed;
}

function judged(authorizer: apigateway.Authorizer, answer: NonNullable<AuthorizerAnswer>, routed: Routed): Authorized {
  const context = Object(answer['context'] ?? {}) as object;
  const isLetIn = authorizer.EnableSimpleResponses
    ? answer['isAuthorized'] === true
    : allows(answer['policyDocument'], routeArn(routed)) === true;
  return isLetIn ? { authorizer: { lambda: context }, context } : forbidden;
}

/** What the function answers; undefined where it fails. */
async function ask(authorizer: apigateway.Authorizer, identity: string[], routed: Routed): Promise<AuthorizerAnswer> {
  const name = functionOf(authorizer.AuthorizerUri ?? '', routed.stage.StageVariables);
  if (name === undefined) {
    return undefined;
  }
  const event =
    authorizer.AuthorizerPayloadFormatVersion === '1.0' ? eventV1(identity, routed) : eventV2(identity, routed);
  const invoked = await invokeFunction(routed.deps, name, Buffer.from(JSON.stringify(event)), timeoutMs);
  if ('failed' in invoked) {
    return undefined;
  }
  const answer: unknown = JSON.parse(Buffer.from(invoked.payload).toString());
  return typeof answer === 'object' && answer !== null ? (answer as NonNullable<AuthorizerAnswer>) : undefined;
}

function eventV2(identitySource: string[], routed: Routed) {
  const { request, via } = routed;
  const { pathParameters, stageVariables } = via;
  return {
    version: '2.0',
    type: 'REQUEST',
    routeArn: routeArn(routed),
    identitySource,
    ...requestOf(request.incoming, via),
    ...(pathParameters && Object.keys(pathParameters).length > 0 && { pathParameters }),
    ...(stageVariables && { stageVariables }),
  };
}

function eventV1(identity: string[], routed: Routed) {
  const {
    multiValueHeaders: _headers,
    multiValueQueryStringParameters: _query,
    ...event
  } = proxiedRequest(routed.request.incoming, routed.viaV1);
  return {
    version: '1.0',
    type: 'REQUEST',
    methodArn: routeArn(routed),
    identitySource: identity.join(','),
    authorizationToken: identity.join(','),
    ...event,
  };
}

function routeArn({ deps, api, stage, request, path }: Routed): string {
  return arn(deps.region, 'execute-api', `${api.id}/${stage.StageName}/${request.method}${path}`);
}

/** `$request.header.Authorization`, `$request.querystring.token`, `$stageVariables.key`, `$context.routeKey` */
function identityOf(source: string, { request, stage, via, path }: Routed): string | undefined {
  const [, kind, name = ''] =
    /^\$(request\.header|request\.querystring|stageVariables|context)\.(.+)$/.exec(source) ?? [];
  switch (kind) {
    case 'request.header': {
      const value = request.incoming.headers[name.toLowerCase()];
      return Array.isArray(value) ? value.join(',') : value;
    }
    case 'request.querystring':
      return request.query.get(name) ?? undefined;
    case 'stageVariables':
      return stage.StageVariables?.[name];
    default:
      return { routeKey: via.routeKey, httpMethod: request.method, path, stage: stage.StageName }[name];
  }
}

import type { Authorizer } from '@aws-sdk/client-api-gateway';
import type { UrlResponse } from '../../../wire/lambda-proxy/loopback-server.ts';
import { type ProxiedVia, proxiedRequest } from '../../../wire/lambda-proxy/payload-1.ts';
import { LinearRegex } from '../../../wire/linear-regex.ts';
import { arn, type Caller } from '../../../wire/operation.ts';
import { allows } from '../serving/authorization-policy.ts';
import { functionOf, invokeFunction } from '../serving/function-integration.ts';
import { signerOf } from '../serving/signed-request.ts';
import { type GatewayResponseType, gatewayResponse } from './gateway-response.ts';
import type { AuthorizerAnswer } from './rest-api.ts';
import type { Routed } from './routed.ts';

/** Milliseconds that an authorizer may take. */
const timeoutMs = 10_000;
/** Seconds that an answer is kept where an authorizer does not say. */
const defaultTtl = 300;

/** Who a request is from, as the function's event tells it; or the answer of one that is not let in. */
export type Authorized = Pick<ProxiedVia, 'authorizer' | 'caller'> | UrlResponse;

/** Source: API Gateway Developer Guide, "Use API Gateway Lambda authorizers", "Control access to a REST API with IAM permissions". */
export async function authorize(routed: Routed): Promise<Authorized> {
  const { method, deps, request, snapshot } = routed;
  if (method.authorizationType === 'AWS_IAM') {
    const caller: Caller | undefined = signerOf(deps.accessKeys, request);
    return caller ? { caller } : refusal(routed, 'MISSING_AUTHENTICATION_TOKEN');
  }
  const authorizer = snapshot.authorizers.get(method.authorizerId ?? '');
  if (method.authorizationType !== 'CUSTOM') {
    return {};
  }
  const identity = authorizer && identityOf(authorizer, routed);
  if (!authorizer || !identity) {
    return refusal(routed, authorizer ? 'UNAUTHORIZED' : 'API_CONFIGURATION_ERROR');
  }
  const ttl = identity.length > 0 ? (authorizer.authorizerResultTtlInSeconds ?? defaultTtl) : 0;
  const said = await routed.api
    .cacheOf(authorizer.id ?? '')
    .get(JSON.stringify(identity), ttl, () => ask(authorizer, identity, routed));
  return judged(said, routed);
}

function judged(said: AuthorizerAnswer, routed: Routed): Authorized {
  if ('failed' in said) {
    return refusal(routed, said.failed === 'unauthorized' ? 'UNAUTHORIZED' : 'AUTHORIZER_FAILURE');
  }
  const { principalId, policyDocument, context } = said.answer;
  if (typeof principalId !== 'string') {
    return refusal(routed, 'AUTHORIZER_FAILURE');
  }
  const allowed = allows(policyDocument, methodArn(routed));
  if (allowed) {
    return { authorizer: { ...Object(context), principalId, integrationLatency: 0 } };
  }
  return refusal(routed, 'ACCESS_DENIED', allowed === false ? ' with an explicit deny' : '');
}

const refusal = ({ snapshot }: Routed, type: GatewayResponseType, more?: string): UrlResponse =>
  gatewayResponse(type, snapshot.gatewayResponses, more);

async function ask(authorizer: Authorizer, identity: readonly string[], routed: Routed): Promise<AuthorizerAnswer> {
  const name = functionOf(authorizer.authorizerUri ?? '', routed.stage.variables);
  if (name === undefined) {
    return { failed: 'error' };
  }
  const event =
    authorizer.type === 'TOKEN'
      ? { type: 'TOKEN', methodArn: methodArn(routed), authorizationToken: identity[0] }
      : { type: 'REQUEST', methodArn: methodArn(routed), ...proxiedRequest(routed.request.incoming, routed.via) };
  const invoked = await invokeFunction(routed.deps, name, Buffer.from(JSON.stringify(event)), timeoutMs);
  const answer: unknown = invoked.payload && JSON.parse(Buffer.from(invoked.payload).toString());
  if ('failed' in invoked) {
    const { errorMessage } = Object(answer) as { errorMessage?: unknown };
    return { failed: errorMessage === 'Unauthorized' ? 'unauthorized' : 'error' };
  }
  return { answer: Object(answer) as Readonly<Record<string, unknown>> };
}

const methodArn = ({ deps, api, stage, request, path }: Routed): string =>
  arn(deps.region, 'execute-api', `${api.id}/${stage.stageName}/${request.method}${path}`);

/** What tells who asks; undefined where a part of it is missing, or not of the form that it must have. */
function identityOf(authorizer: Authorizer, routed: Routed): string[] | undefined {
  const sources = (authorizer.identitySource ?? '').split(',').map((source) => source.trim());
  const values = sources.filter(Boolean).map((source) => identityPart(source, routed));
  const isWhole = values.every((value): value is string => value !== undefined && value !== '');
  const { identityValidationExpression: expression } = authorizer;
  if (!isWhole || (expression && !new LinearRegex(expression).matches(values[0] ?? ''))) {
    return undefined;
  }
  return values;
}

/** `method.request.header.Authorization`, `method.request.querystring.token`, `stageVariables.key`, `context.stage` */
function identityPart(source: string, { request, stage, via, path }: Routed): string | undefined {
  const [, kind, name = ''] =
    /^(method\.request\.header|method\.request\.querystring|stageVariables|context)\.(.+)$/.exec(source) ?? [];
  switch (kind) {
    case 'method.request.header': {
      const value = request.incoming.headers[name.toLowerCase()];
      return Array.isArray(value) ? value.join(',') : value;
    }
    case 'method.request.querystring':
      return request.query.get(name) ?? undefined;
    case 'stageVariables':
      return stage.variables?.[name];
    default:
      return { httpMethod: request.method, path, resourcePath: via.resource, stage: via.stage }[name];
  }
}

import type { IncomingMessage } from 'node:http';
import type { Caller } from '../operation.ts';
import { clfTime } from './clf-time.ts';
import type { UrlResponse } from './loopback-server.ts';
import { bodyOf, ownHeaders } from './payload-2.ts';

/** The circumstances of a request that a function sees in its event. */
export interface ProxiedVia {
  readonly apiId: string;
  readonly accountId: string;
  readonly requestId: string;
  /** `/items/{id}` */
  readonly resource: string;
  readonly resourceId: string;
  readonly stage: string;
  /** Below the stage; the event's `path`. */
  readonly path: string;
  readonly stageVariables?: Readonly<Record<string, string>> | undefined;
  readonly pathParameters?: Readonly<Record<string, string>> | undefined;
  readonly authorizer?: object | undefined;
  /** Who signed the request. */
  readonly caller?: Caller | undefined;
  /** The API key that it brought. */
  readonly apiKey?: { readonly id?: string | undefined; readonly value?: string | undefined } | undefined;
}

/**
 * A request without its body in the payload format 1.0, as functions and authorizers get it. Source: API Gateway Developer Guide, "Input
 * format of a Lambda function for proxy integration".
 */
export function proxiedRequest(request: IncomingMessage, via: ProxiedVia) {
  const [rawPath = '/', ...search] = (request.url ?? '/').split('?');
  const query = new URLSearchParams(search.join('?'));
  const [headers, multiValueHeaders] = headersOf(request);
  const names = [...new Set(query.keys())];
  const sourceIp = request.socket.remoteAddress ?? '127.0.0.1';
  const now = new Date();
  const orNull = <T extends object>(value: T | undefined): T | null =>
    value && Object.keys(value).length > 0 ? value : null;
  return {
    resource: via.resource,
    path: via.path,
    httpMethod: request.method ?? 'GET',
    headers,
    multiValueHeaders,
    queryStringParameters: orNull(Object.fromEntries(names.map((name) => [name, query.getAll(name).at(-1)]))),
    multiValueQueryStringParameters: orNull(Object.fromEntries(names.map((name) => [name, query.getAll(name)]))),
    pathParameters: orNull(via.pathParameters),
    stageVariables: orNull(via.stageVariables),
    requestContext: {
      resourceId: via.resourceId,
      resourcePath: via.resource,
      httpMethod: request.method ?? 'GET',
      extendedRequestId: via.requestId,
      requestTime: clfTime(now),
      path: rawPath,
      accountId: via.accountId,
      protocol: `HTTP/${request.httpVersion}`,
      stage: via.stage,
      domainPrefix: via.apiId,
      requestTimeEpoch: now.getTime(),
      requestId: via.requestId,
      identity: {
        ...identityOf(request, sourceIp, via.caller),
        ...(via.apiKey && { apiKey: via.apiKey.value, apiKeyId: via.apiKey.id }),
      },
      domainName: request.headers.host ?? '',
      apiId: via.apiId,
      ...(via.authorizer && { authorizer: via.authorizer }),
    },
  };
}

/** Headers as the client spelled them: the last of a name, and all of it. */
function headersOf({ rawHeaders, socket }: IncomingMessage) {
  const all = new Map<string, { name: string; values: string[] }>();
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const [name = '', value = ''] = rawHeaders.slice(at, at + 2);
    const key = name.toLowerCase();
    if (key !== 'connection') {
      all.set(key, { name: all.get(key)?.name ?? name, values: [...(all.get(key)?.values ?? []), value] });
    }
  }
  all.set('x-forwarded-for', { name: 'X-Forwarded-For', values: [socket.remoteAddress ?? '127.0.0.1'] });
  all.set('x-forwarded-port', { name: 'X-Forwarded-Port', values: [String(socket.localPort)] });
  all.set('x-forwarded-proto', { name: 'X-Forwarded-Proto', values: ['http'] });
  return [
    Object.fromEntries([...all.values()].map(({ name, values }) => [name, values.at(-1) ?? ''])),
    Object.fromEntries([...all.values()].map(({ name, values }) => [name, values])),
  ] as const;
}

const identityOf = (request: IncomingMessage, sourceIp: string, caller: Caller | undefined) => ({
  cognitoIdentityPoolId: null,
  accountId: caller ? caller.arn.split(':')[4] : null,
  cognitoIdentityId: null,
  caller: caller?.userId ?? null,
  sourceIp,
  principalOrgId: null,
  accessKey: caller?.accessKeyId ?? null,
  cognitoAuthenticationType: null,
  cognitoAuthenticationProvider: null,
  userArn: caller?.arn ?? null,
  userAgent: request.headers['user-agent'] ?? null,
  user: caller?.userId ?? null,
});

/**
 * What a function's result means to a client; undefined where it is not of the form that a proxy integration demands. Source: "Output
 * format of a Lambda function for proxy integration".
 * @param decodes whether a body that says to be in base64 is decoded
 */
export function proxiedResponse(payload: Uint8Array, decodes = true): UrlResponse | undefined {
  const result: unknown = JSON.parse(Buffer.from(payload).toString());
  if (typeof result !== 'object' || result === null || Array.isArray(result)) {
    return undefined;
  }
  const {
    statusCode = 200,
    headers,
    multiValueHeaders,
    body,
    isBase64Encoded,
    ...others
  } = result as Record<string, unknown>;
  const status = Number(statusCode);
  if (Object.keys(others).length > 0 || !Number.isInteger(status) || status < 200 || status > 599) {
    return undefined;
  }
  if (body !== undefined && body !== null && typeof body !== 'string') {
    return undefined;
  }
  return {
    status,
    headers: { 'content-type': 'application/json', ...ownHeaders(headers), ...severalHeaders(multiValueHeaders) },
    body: bodyOf(body, isBase64Encoded === true && decodes),
  };
}

/** Headers of several values, which win over those of one. */
function severalHeaders(headers: unknown): Record<string, string[]> {
  if (typeof headers !== 'object' || headers === null) {
    return {};
  }
  const several = Object.entries(headers).filter(([, values]) => Array.isArray(values));
  const allowed = ownHeaders(Object.fromEntries(several));
  return Object.fromEntries(
    several
      .map(([name, values]) => [name.toLowerCase(), (values as unknown[]).map(String)] as const)
      .filter(([name]) => name in allowed),
  );
}

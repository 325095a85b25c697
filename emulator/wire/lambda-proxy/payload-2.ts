import type { IncomingMessage } from 'node:http';
import type { Caller } from '../operation.ts';
import { clfTime } from './clf-time.ts';
import type { UrlResponse } from './loopback-server.ts';

/** The circumstances of a request that a function sees in its event. */
export interface InvokedVia {
  /** Of the URL or the API. */
  readonly id: string;
  readonly accountId: string;
  readonly requestId: string;
  /** @default '$default' */
  readonly routeKey?: string | undefined;
  /** @default '$default' */
  readonly stage?: string;
  readonly stageVariables?: Readonly<Record<string, string>> | undefined;
  readonly pathParameters?: Readonly<Record<string, string>> | undefined;
  /** What is known of the caller: `{ iam: ... }`, `{ lambda: ... }`. */
  readonly authorizer?: object | undefined;
}

/** Bodies of these types reach the function as text, all others in base64. */
const textPattern = /^(text\/|application\/(.*\+)?(json|xml|javascript)\b)/i;

/**
 * The event of a request in the payload format 2.0. Sources: "Invoking Lambda function URLs", and "Create AWS Lambda proxy
 * integrations for HTTP APIs in API Gateway".
 */
export function eventOf(request: IncomingMessage, body: Buffer, via: InvokedVia): Buffer {
  const asText = textPattern.test(request.headers['content-type'] ?? '');
  const { stageVariables, pathParameters } = via;
  const event = {
    version: '2.0',
    ...requestOf(request, via),
    ...(pathParameters && Object.keys(pathParameters).length > 0 && { pathParameters }),
    ...(stageVariables && Object.keys(stageVariables).length > 0 && { stageVariables }),
    ...(body.length > 0 && { body: asText ? body.toString() : body.toString('base64') }),
    isBase64Encoded: body.length > 0 && !asText,
  };
  return Buffer.from(JSON.stringify(event));
}

/** A request without its body, which an authorizer gets, too. */
export function requestOf(request: IncomingMessage, via: InvokedVia) {
  const [rawPath = '/', ...search] = (request.url ?? '/').split('?');
  const rawQueryString = search.join('?');
  const { cookie, connection: _connection, ...headers } = headersOf(request);
  const parameters = parametersOf(rawQueryString);
  const sourceIp = request.socket.remoteAddress ?? '127.0.0.1';
  const now = new Date();
  const { authorizer, routeKey = '$default', stage = '$default' } = via;
  return {
    routeKey,
    rawPath,
    rawQueryString,
    ...(cookie && { cookies: cookie.split(/;\s*/) }),
    headers: {
      ...headers,
      'x-forwarded-for': sourceIp,
      'x-forwarded-port': String(request.socket.localPort),
      'x-forwarded-proto': 'http',
    },
    ...(parameters && { queryStringParameters: parameters }),
    requestContext: {
      accountId: via.accountId,
      apiId: via.id,
      ...(authorizer && { authentication: null, authorizer }),
      domainName: request.headers.host ?? '',
      domainPrefix: via.id,
      http: {
        method: request.method,
        path: rawPath,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp,
        userAgent: request.headers['user-agent'] ?? '',
      },
      requestId: via.requestId,
      routeKey,
      stage,
      time: clfTime(now),
      timeEpoch: now.getTime(),
    },
  };
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

/** Values of a name that is given more than once are joined with commas. */
function parametersOf(query: string): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query)) {
    parameters[name] = Object.hasOwn(parameters, name) ? `${parameters[name]},${value}` : value;
  }
  return Object.keys(parameters).length > 0 ? parameters : undefined;
}

/** Who signed a request, as events of payload format 2.0 tell it. */
export const iamOf = ({ accessKeyId, arn, userId }: Caller, accountId: string) => ({
  accessKey: accessKeyId,
  accountId,
  callerId: userId,
  cognitoIdentity: null,
  principalOrgId: null,
  userArn: arn,
  userId,
});

/** What a function's result means to a client. Without a statusCode it is a body of JSON; undefined where it means nothing. */
export function responseOf(payload: Uint8Array): UrlResponse | undefined {
  const text = Buffer.from(payload).toString();
  const result: unknown = JSON.parse(text);
  if (typeof result !== 'object' || result === null || !('statusCode' in result)) {
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: typeof result === 'string' ? result : text,
    };
  }
  const { body, isBase64Encoded, ...rest } = result as Record<string, unknown>;
  const head = responseHeadOf(rest, 'application/json');
  return head && { ...head, body: bodyOf(body, isBase64Encoded === true) };
}

/** Status and headers that a function says; undefined where the status is none. */
export function responseHeadOf(
  { statusCode = 200, headers, cookies }: Readonly<Record<string, unknown>>,
  contentType: string,
): Pick<UrlResponse, 'status' | 'headers'> | undefined {
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 200 || status > 599) {
    return undefined;
  }
  return { status, headers: { 'content-type': contentType, ...ownHeaders(headers), ...cookieHeader(cookies) } };
}

/** Headers of the connection and of the framing, which are not the function's to say (RFC 9110, 7.6.1 and 8.6). */
const ofConnection: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Headers that a function answered, by their names in small letters. */
export function ownHeaders(headers: unknown): Record<string, string> {
  if (typeof headers !== 'object' || headers === null) {
    return {};
  }
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([name, value]) => [name.toLowerCase(), String(value)] as const)
      .filter(([name]) => !ofConnection.has(name)),
  );
}

const cookieHeader = (cookies: unknown) =>
  Array.isArray(cookies) && cookies.length > 0 ? { 'set-cookie': cookies.map(String) } : {};

/** The bytes that a function means. */
export function bodyOf(body: unknown, isBase64Encoded: boolean): string | Buffer {
  if (body === undefined || body === null) {
    return '';
  }
  if (typeof body !== 'string') {
    return JSON.stringify(body);
  }
  return isBase64Encoded ? Buffer.from(body, 'base64') : body;
}

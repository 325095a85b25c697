import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** Bodies of these types reach a function as text, all others in base64. */
const text = /^(text\/|application\/(.*\+)?(json|xml|javascript)\b)/i;

/** What a request is made of, beside its method and its path. */
export interface RequestOptions {
  /** By names in lower case. Cookies are apart. @default - none */
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: string[];
  /** As it stands in the URL, or its parameters. @default - none */
  readonly query?: string | Readonly<Record<string, string>>;
  /** @default - none */
  readonly body?: string;
  /** @default false */
  readonly isBase64Encoded?: boolean;
  /** @default HTTP/1.1 */
  readonly protocol?: string;
  /** @default 127.0.0.1 */
  readonly sourceIp?: string;
  /** @default - one that is not in use */
  readonly requestId?: string;
}

/**
 * Returns the event that a function URL makes of a request (payload format 2.0: AWS Lambda Developer Guide, "Invoking
 * Lambda function URLs").
 */
export function httpEvent(method: string, path: string, options: RequestOptions = {}): APIGatewayProxyEventV2 {
  const { headers = {}, cookies, query = '', body, isBase64Encoded = false } = options;
  const rawQueryString = typeof query === 'string' ? query : new URLSearchParams(query).toString();
  const parameters = parametersOf(rawQueryString);
  const now = new Date();
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString,
    ...(cookies && { cookies }),
    headers,
    ...(parameters && { queryStringParameters: parameters }),
    requestContext: {
      accountId: 'anonymous',
      apiId: 'server',
      domainName: headers['host'] ?? '',
      domainPrefix: 'server',
      http: {
        ...{ method, path, protocol: options.protocol ?? 'HTTP/1.1', sourceIp: options.sourceIp ?? '127.0.0.1' },
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: options.requestId ?? randomUUID(),
      routeKey: '$default',
      stage: '$default',
      time: now.toUTCString(),
      timeEpoch: now.getTime(),
    },
    ...(body !== undefined && { body }),
    isBase64Encoded,
  };
}

/** Returns the event of a request that a server was sent. */
export function eventOf(request: IncomingMessage, body: Buffer, requestId: string): APIGatewayProxyEventV2 {
  const [path = '/', ...search] = (request.url ?? '/').split('?');
  const { cookie, ...headers } = headersOf(request);
  const isText = text.test(request.headers['content-type'] ?? '');
  return httpEvent(request.method ?? 'GET', path, {
    ...{ headers, requestId, query: search.join('?'), protocol: `HTTP/${request.httpVersion}` },
    sourceIp: request.socket.remoteAddress ?? '',
    ...(cookie && { cookies: cookie.split(/;\s*/) }),
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText }),
  });
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

/** Values of a name that is given more than once are joined with commas. */
function parametersOf(query: string): Record<string, string> | undefined {
  const values = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    const earlier = values.get(name);
    values.set(name, earlier === undefined ? value : `${earlier},${value}`);
  }
  return values.size > 0 ? Object.fromEntries(values) : undefined;
}

/**
 * Writes what a handler answered.
 *
 * @throws Where the answer has a status or a header that HTTP does not allow; then nothing was written.
 */
export function writeAnswer(response: ServerResponse, answer: APIGatewayProxyStructuredResultV2): void {
  const { statusCode = 200, headers = {}, cookies = [], body = '', isBase64Encoded = false } = answer;
  const content = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  for (const [name, value] of Object.entries(headers)) {
    response.setHeader(name, String(value));
  }
  if (cookies.length > 0) {
    response.setHeader('set-cookie', cookies);
  }
  // A body has no place in these answers, nor may its length be announced.
  if (statusCode !== 204 && statusCode !== 304) {
    response.setHeader('content-length', content.length);
  }
  response.writeHead(statusCode);
  response.end(content);
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** Bodies of these types reach a function as text, all others in base64. */
const text = /^(text\/|application\/(.*\+)?(json|xml|javascript)\b)/i;

/** The event that a function URL makes of a request (payload format 2.0). */
export function eventOf(request: IncomingMessage, body: Buffer, requestId: string): APIGatewayProxyEventV2 {
  const [rawPath = '/', ...search] = (request.url ?? '/').split('?');
  const rawQueryString = search.join('?');
  const { cookie, ...headers } = headersOf(request);
  const parameters = parametersOf(rawQueryString);
  const isText = text.test(request.headers['content-type'] ?? '');
  const now = new Date();
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    ...(cookie && { cookies: cookie.split(/;\s*/) }),
    headers,
    ...(parameters && { queryStringParameters: parameters }),
    requestContext: {
      accountId: 'anonymous',
      apiId: 'server',
      domainName: request.headers.host ?? '',
      domainPrefix: 'server',
      http: {
        method: request.method ?? 'GET',
        path: rawPath,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? '',
        userAgent: request.headers['user-agent'] ?? '',
      },
      requestId,
      routeKey: '$default',
      stage: '$default',
      time: now.toUTCString(),
      timeEpoch: now.getTime(),
    },
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
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

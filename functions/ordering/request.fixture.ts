import type { APIGatewayProxyEventV2 } from 'aws-lambda';

export interface RequestOptions {
  readonly headers?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

/** A request as a function URL hands it to a function. */
export function httpEvent(method: string, path: string, options: RequestOptions = {}): APIGatewayProxyEventV2 {
  const { headers = {}, query, body, isBase64Encoded = false } = options;
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: new URLSearchParams(query).toString(),
    headers,
    ...(query && { queryStringParameters: query }),
    ...(body !== undefined && { body }),
    isBase64Encoded,
    requestContext: {
      accountId: 'anonymous',
      apiId: 'kitchen',
      domainName: 'kitchen.lambda-url.eu-west-1.on.aws',
      domainPrefix: 'kitchen',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
      requestId: 'a9c1e6d2-0000-4000-8000-000000000001',
      routeKey: '$default',
      stage: '$default',
      time: '23/Nov/2026:08:00:00 +0000',
      timeEpoch: 1_795_420_800_000,
    },
  };
}

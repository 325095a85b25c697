import type { GatewayResponse } from '@aws-sdk/client-api-gateway';
import type { UrlResponse } from '../../../wire/lambda-proxy/loopback-server.ts';

/** What the gateway itself answers. Source: API Gateway Developer Guide, "Gateway response types for API Gateway". */
const types = {
  ACCESS_DENIED: {
    status: 403,
    error: 'AccessDeniedException',
    text: 'User is not authorized to access this resource',
  },
  API_CONFIGURATION_ERROR: { status: 500, error: 'InternalServerErrorException', text: 'Internal server error' },
  AUTHORIZER_FAILURE: { status: 500, error: 'AuthorizerConfigurationException', text: null },
  DEFAULT_5XX: { status: 502, error: 'InternalServerErrorException', text: 'Internal server error' },
  INTEGRATION_TIMEOUT: { status: 504, error: 'InternalServerErrorException', text: 'Endpoint request timed out' },
  INVALID_API_KEY: { status: 403, error: 'ForbiddenException', text: 'Forbidden' },
  MISSING_AUTHENTICATION_TOKEN: {
    status: 403,
    error: 'MissingAuthenticationTokenException',
    text: 'Missing Authentication Token',
  },
  REQUEST_TOO_LARGE: { status: 413, error: 'RequestTooLargeException', text: 'Request Too Long' },
  UNAUTHORIZED: { status: 401, error: 'UnauthorizedException', text: 'Unauthorized' },
} as const;

export type GatewayResponseType = keyof typeof types;

/** The types of which an API may say how they are answered. */
export const isKnownType = (type: string): boolean => /^[A-Z][A-Z0-9_]*$/.test(type);

/** An answer of the gateway itself, as the API says it. Templates know `$context.error.message` and its quoted form alone. */
export function gatewayResponse(
  type: GatewayResponseType,
  responses: ReadonlyMap<string, GatewayResponse> = new Map(),
  more = '',
): UrlResponse {
  const { status, error, text } = types[type];
  const own = responses.get(type) ?? responses.get(status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX');
  const said = text === null ? null : `${text}${more}`;
  const template = own?.responseTemplates?.['application/json'];
  return {
    status: Number(own?.statusCode ?? status),
    headers: {
      'content-type': 'application/json',
      'x-amzn-errortype': error,
      ...literalHeaders(own?.responseParameters, 'gatewayresponse.header.'),
    },
    body:
      template === undefined
        ? JSON.stringify(type === 'ACCESS_DENIED' ? { Message: said } : { message: said })
        : filled(template, said ?? '', type),
  };
}

const filled = (template: string, said: string, type: string): string =>
  template
    .replaceAll('$context.error.messageString', () => JSON.stringify(said))
    .replaceAll('$context.error.message', () => said)
    .replaceAll('$context.error.responseType', () => type);

/** Headers whose value is a literal: `'...'`. @param prefix what comes before the name, such as `method.response.header.` */
export function literalHeaders(
  parameters: Readonly<Record<string, string>> | undefined,
  prefix: string,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters ?? {}).flatMap(([name, value]) => {
      const literal = /^'(.*)'$/s.exec(value)?.[1];
      return name.startsWith(prefix) && literal !== undefined
        ? [[name.slice(prefix.length).toLowerCase(), literal]]
        : [];
    }),
  );
}

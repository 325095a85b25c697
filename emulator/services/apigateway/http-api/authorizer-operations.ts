import type * as apigateway from '@aws-sdk/client-apigatewayv2';
import type { Handlers } from '../../../wire/operation.ts';
import { newId } from '../serving/api-server.ts';
import { functionOf } from '../serving/function-integration.ts';
import { badRequest, conflict, notServed } from './errors.ts';
import { existing, type HttpApi } from './http-api.ts';
import { pageOf } from './paging.ts';

/** Lambda authorizers of an HTTP API. Those of JSON Web Tokens are refused by name. */
export const authorizerOperations = (apis: ReadonlyMap<string, HttpApi>) =>
  ({
    CreateAuthorizer: ({ ApiId, ...input }) => {
      const api = existing(apis, 'API', ApiId);
      const isSimple = input.EnableSimpleResponses ?? false;
      const authorizer: apigateway.Authorizer = { ...input, EnableSimpleResponses: isSimple, AuthorizerId: newId(6) };
      check(authorizer);
      api.authorizers.set(authorizer.AuthorizerId ?? '', authorizer);
      api.changed();
      return authorizer;
    },
    GetAuthorizer: ({ ApiId, AuthorizerId }) =>
      existing(existing(apis, 'API', ApiId).authorizers, 'Authorizer', AuthorizerId),
    GetAuthorizers: ({ ApiId, ...input }) =>
      pageOf([...existing(apis, 'API', ApiId).authorizers.values()], ({ AuthorizerId }) => AuthorizerId, input),
    UpdateAuthorizer: ({ ApiId, AuthorizerId = '', ...input }) => {
      const api = existing(apis, 'API', ApiId);
      const before = existing(api.authorizers, 'Authorizer', AuthorizerId);
      const given = Object.entries(input).filter(([, value]) => value !== undefined);
      const authorizer: apigateway.Authorizer = { ...before, ...Object.fromEntries(given) };
      check(authorizer);
      api.authorizers.set(AuthorizerId, authorizer);
      api.forgetAnswers(AuthorizerId);
      api.changed();
      return authorizer;
    },
    DeleteAuthorizer: ({ ApiId, AuthorizerId = '' }) => {
      const api = existing(apis, 'API', ApiId);
      existing(api.authorizers, 'Authorizer', AuthorizerId);
      const user = [...api.routes.values()].find((route) => route.AuthorizerId === AuthorizerId);
      if (user) {
        throw conflict(`Cannot delete authorizer '${AuthorizerId}', is referenced in route: ${user.RouteKey}`);
      }
      api.authorizers.delete(AuthorizerId);
      api.forgetAnswers(AuthorizerId);
      api.changed();
      return {};
    },
    ResetAuthorizersCache: ({ ApiId }) => {
      const api = existing(apis, 'API', ApiId);
      for (const id of api.authorizers.keys()) {
        api.forgetAnswers(id);
      }
      return {};
    },
  }) satisfies Handlers<typeof apigateway>;

function check(authorizer: apigateway.Authorizer): void {
  const {
    AuthorizerType,
    AuthorizerUri = '',
    AuthorizerPayloadFormatVersion: version,
    EnableSimpleResponses,
  } = authorizer;
  if (AuthorizerType !== 'REQUEST') {
    throw notServed(`An authorizer of the type ${AuthorizerType} (only REQUEST is)`);
  }
  if (functionOf(AuthorizerUri) === undefined) {
    throw badRequest(`Invalid AuthorizerUri specified ${AuthorizerUri}: it must be that of a Lambda function`);
  }
  if (version !== '1.0' && version !== '2.0') {
    throw badRequest('AuthorizerPayloadFormatVersion is a required parameter for REQUEST authorizer: 1.0 or 2.0');
  }
  if (EnableSimpleResponses && version === '1.0') {
    throw badRequest('EnableSimpleResponses is only supported for AuthorizerPayloadFormatVersion 2.0');
  }
  const ttl = authorizer.AuthorizerResultTtlInSeconds ?? 0;
  if (ttl < 0 || ttl > 3600) {
    throw badRequest('Authorizer result TTL should be between 0 and 3600 seconds');
  }
}

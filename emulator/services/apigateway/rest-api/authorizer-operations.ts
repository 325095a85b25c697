import type * as apigateway from '@aws-sdk/client-api-gateway';
import type { Handlers } from '../../../wire/operation.ts';
import { newId } from '../serving/api-server.ts';
import { functionOf } from '../serving/function-integration.ts';
import { badRequest, checkRegex, conflict, notServed } from './errors.ts';
import { pageOf } from './paging.ts';
import { asNumber, asText, patched } from './patch.ts';
import { existing, type RestApi } from './rest-api.ts';

/** Lambda authorizers of a REST API, by a token or by the request. Those of Cognito are refused by name. */
export const authorizerOperations = (apis: ReadonlyMap<string, RestApi>) =>
  ({
    CreateAuthorizer: ({ restApiId, ...input }) => {
      const api = existing(apis, 'API', restApiId);
      const authorizer: apigateway.Authorizer = { authorizerResultTtlInSeconds: 300, ...input, id: newId(6) };
      check(authorizer);
      api.authorizers.set(authorizer.id ?? '', authorizer);
      return authorizer;
    },
    GetAuthorizer: ({ restApiId, authorizerId }) =>
      existing(existing(apis, 'API', restApiId).authorizers, 'Authorizer', authorizerId),
    GetAuthorizers: ({ restApiId, ...input }) =>
      pageOf([...existing(apis, 'API', restApiId).authorizers.values()], ({ id }) => id, input),
    UpdateAuthorizer: ({ restApiId, authorizerId = '', patchOperations }) => {
      const api = existing(apis, 'API', restApiId);
      const authorizer = patched(existing(api.authorizers, 'Authorizer', authorizerId), patchOperations, {
        authorizerCredentials: asText,
        authorizerResultTtlInSeconds: asNumber,
        authorizerUri: asText,
        authType: asText,
        identitySource: asText,
        identityValidationExpression: asText,
        name: asText,
        type: asText,
      });
      check(authorizer);
      api.authorizers.set(authorizerId, authorizer);
      api.forgetAnswers(authorizerId);
      return authorizer;
    },
    DeleteAuthorizer: ({ restApiId, authorizerId = '' }) => {
      const api = existing(apis, 'API', restApiId);
      existing(api.authorizers, 'Authorizer', authorizerId);
      const methods = [...api.resources.values()].flatMap((resource) => [...resource.methods.values()]);
      if (methods.some((method) => method.authorizerId === authorizerId)) {
        throw conflict(`Cannot delete authorizer '${authorizerId}', is referenced in method`);
      }
      api.authorizers.delete(authorizerId);
      api.forgetAnswers(authorizerId);
      return {};
    },
    FlushStageAuthorizersCache: ({ restApiId }) => {
      const api = existing(apis, 'API', restApiId);
      for (const id of api.authorizers.keys()) {
        api.forgetAnswers(id);
      }
      return {};
    },
  }) satisfies Handlers<typeof apigateway>;

function check({
  type,
  authorizerUri = '',
  identitySource,
  authorizerResultTtlInSeconds: ttl = 0,
  identityValidationExpression,
}: apigateway.Authorizer): void {
  if (type !== 'TOKEN' && type !== 'REQUEST') {
    throw notServed(`An authorizer of the type ${type} (only TOKEN and REQUEST are)`);
  }
  if (functionOf(authorizerUri) === undefined) {
    throw badRequest(
      `Invalid Authorizer URI: ${authorizerUri}. Authorizer URI should be a valid API Gateway ARN that represents a Lambda function invocation.`,
    );
  }
  checkRegex(identityValidationExpression);
  if (ttl < 0 || ttl > 3600) {
    throw badRequest('Authorizer result TTL should be between 0 and 3600 seconds');
  }
  if (!identitySource && (type === 'TOKEN' || ttl > 0)) {
    throw badRequest(`Identity source is required for ${type} authorizers that cache`);
  }
}

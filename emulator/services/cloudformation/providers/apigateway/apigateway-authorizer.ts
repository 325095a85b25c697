import { internalCall } from '../../../../wire/operation.ts';
import type { ResourceProvider } from '../../provider.ts';
import { apiInput, textOf } from '../api-input.ts';
import { unlessGone } from '../gone.ts';
import type { ServiceOperations } from '../service-operations.ts';
import { camelCased, patchOf } from './rest-api-input.ts';

const paths = {
  AuthorizerCredentials: '/authorizerCredentials',
  AuthorizerResultTtlInSeconds: '/authorizerResultTtlInSeconds',
  AuthorizerUri: '/authorizerUri',
  AuthType: '/authType',
  IdentitySource: '/identitySource',
  IdentityValidationExpression: '/identityValidationExpression',
  Name: '/name',
  Type: '/type',
};

/** Source: CloudFormation User Guide, "AWS::ApiGateway::Authorizer". `Ref` is the authorizer's ID. */
export function apiGatewayAuthorizer(restApis: ServiceOperations['restApis']): ResourceProvider {
  return {
    type: 'AWS::ApiGateway::Authorizer',
    properties: {
      AuthorizerCredentials: 'in place',
      AuthorizerResultTtlInSeconds: 'in place',
      AuthorizerUri: 'in place',
      AuthType: 'in place',
      IdentitySource: 'in place',
      IdentityValidationExpression: 'in place',
      Name: 'in place',
      RestApiId: 'replacement',
      Type: 'in place',
    },
    refusals: ({ Type }) =>
      Type === 'COGNITO_USER_POOLS' ? ['#/Type: COGNITO_USER_POOLS is not served by this endpoint'] : [],
    create: async (properties) => {
      const { CreateAuthorizerCommand } = await import('@aws-sdk/client-api-gateway');
      const input = apiInput(CreateAuthorizerCommand, camelCased(properties));
      const { id = '' } = await (await restApis()).CreateAuthorizer(input, internalCall());
      return { physicalId: id, attributes: { AuthorizerId: id } };
    },
    update: async (authorizer, properties, previous) => {
      const patchOperations = patchOf(previous, properties, paths);
      const restApiId = textOf(properties['RestApiId'], '#/RestApiId');
      const input = { restApiId, authorizerId: authorizer.physicalId, patchOperations };
      await (await restApis()).UpdateAuthorizer(input, internalCall());
      return authorizer;
    },
    delete: ({ physicalId: authorizerId }, { RestApiId }) =>
      unlessGone(async () =>
        (await restApis()).DeleteAuthorizer(
          { restApiId: textOf(RestApiId, '#/RestApiId'), authorizerId },
          internalCall(),
        ),
      ),
  };
}

/** Source: CloudFormation User Guide, "AWS::ApiGateway::GatewayResponse". */
export function apiGatewayGatewayResponse(restApis: ServiceOperations['restApis']): ResourceProvider {
  const put = async (properties: Readonly<Record<string, unknown>>) => {
    const { PutGatewayResponseCommand } = await import('@aws-sdk/client-api-gateway');
    const input = apiInput(PutGatewayResponseCommand, camelCased(properties));
    await (await restApis()).PutGatewayResponse(input, internalCall());
  };
  return {
    type: 'AWS::ApiGateway::GatewayResponse',
    properties: {
      ResponseParameters: 'in place',
      ResponseTemplates: 'in place',
      ResponseType: 'replacement',
      RestApiId: 'replacement',
      StatusCode: 'in place',
    },
    create: async (properties, { physicalName }) => {
      await put(properties);
      const Id = physicalName(64);
      return { physicalId: Id, attributes: { Id } };
    },
    update: async (response, properties) => {
      await put(properties);
      return response;
    },
    delete: (_response, { RestApiId, ResponseType }) =>
      unlessGone(async () => {
        const restApiId = textOf(RestApiId, '#/RestApiId');
        const { GatewayResponseType: types } = await import('@aws-sdk/client-api-gateway');
        const responseType = Object.values(types).find((one) => one === ResponseType);
        await (await restApis()).DeleteGatewayResponse({ restApiId, responseType }, internalCall());
      }),
  };
}

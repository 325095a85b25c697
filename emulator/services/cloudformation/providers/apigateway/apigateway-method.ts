import { internalCall } from '../../../../wire/operation.ts';
import type { Properties, ResourceProvider } from '../../provider.ts';
import { apiInput, textOf } from '../api-input.ts';
import { complete } from '../completion.ts';
import { unlessGone } from '../gone.ts';
import type { ServiceOperations } from '../service-operations.ts';
import { camelCased } from './rest-api-input.ts';

/** Source: CloudFormation User Guide, "AWS::ApiGateway::Resource". `Ref` is the resource's ID. */
export function apiGatewayResource(restApis: ServiceOperations['restApis']): ResourceProvider {
  return {
    type: 'AWS::ApiGateway::Resource',
    properties: { ParentId: 'replacement', PathPart: 'replacement', RestApiId: 'replacement' },
    create: async (properties) => {
      const { CreateResourceCommand } = await import('@aws-sdk/client-api-gateway');
      const input = apiInput(CreateResourceCommand, camelCased(properties));
      const { id = '' } = await (await restApis()).CreateResource(input, internalCall());
      return { physicalId: id, attributes: { ResourceId: id } };
    },
    delete: ({ physicalId: resourceId }, { RestApiId }) =>
      unlessGone(async () =>
        (await restApis()).DeleteResource({ restApiId: textOf(RestApiId, '#/RestApiId'), resourceId }, internalCall()),
      ),
  };
}

/** Source: CloudFormation User Guide, "AWS::ApiGateway::Method". A method that changes is put anew, with all that belongs to it. */
export function apiGatewayMethod(restApis: ServiceOperations['restApis']): ResourceProvider {
  const remove = (where: ReturnType<typeof whereOf>) =>
    unlessGone(async () => (await restApis()).DeleteMethod(where, internalCall()));

  async function put(properties: Properties): Promise<void> {
    const sdk = await import('@aws-sdk/client-api-gateway');
    const operations = await restApis();
    const where = whereOf(properties);
    const { Integration, MethodResponses = [], ...others } = properties;
    const { HttpMethod: _m, ResourceId: _r, RestApiId: _a, RequestValidatorId: _v, ...method } = others;
    await operations.PutMethod(apiInput(sdk.PutMethodCommand, { ...camelCased(method), ...where }), internalCall());
    for (const response of MethodResponses as Properties[]) {
      const input = apiInput(sdk.PutMethodResponseCommand, { ...camelCased(response), ...where });
      await operations.PutMethodResponse(input, internalCall());
    }
    if (Integration === undefined) {
      return;
    }
    const { IntegrationResponses = [], ...integration } = Integration as Properties;
    const input = apiInput(sdk.PutIntegrationCommand, { ...camelCased(integration), ...where });
    await operations.PutIntegration(input, internalCall());
    for (const response of IntegrationResponses as Properties[]) {
      const one = apiInput(sdk.PutIntegrationResponseCommand, { ...camelCased(response), ...where });
      await operations.PutIntegrationResponse(one, internalCall());
    }
  }

  return {
    type: 'AWS::ApiGateway::Method',
    properties: {
      ApiKeyRequired: 'in place',
      AuthorizationScopes: 'in place',
      AuthorizationType: 'in place',
      AuthorizerId: 'in place',
      HttpMethod: 'replacement',
      Integration: 'in place',
      MethodResponses: 'in place',
      OperationName: 'in place',
      RequestModels: 'in place',
      RequestParameters: 'in place',
      RequestValidatorId: 'in place',
      ResourceId: 'replacement',
      RestApiId: 'replacement',
    },
    recorded: { RequestValidatorId: 'requests are not validated' },
    refusals,
    create: async (properties, { physicalName }) => {
      await complete(
        () => put(properties),
        () => remove(whereOf(properties)),
      );
      return { physicalId: physicalName(128), attributes: {} };
    },
    update: async (method, properties) => {
      await remove(whereOf(properties));
      await put(properties);
      return method;
    },
    delete: (_method, properties) => remove(whereOf(properties)),
  };
}

const whereOf = ({ RestApiId, ResourceId, HttpMethod }: Properties) => ({
  restApiId: textOf(RestApiId, '#/RestApiId'),
  resourceId: textOf(ResourceId, '#/ResourceId'),
  httpMethod: textOf(HttpMethod, '#/HttpMethod'),
});

function refusals({ AuthorizationType, Integration }: Properties): string[] {
  const { Type } = Object(Integration) as Properties;
  return [
    ...(AuthorizationType === 'COGNITO_USER_POOLS'
      ? ['#/AuthorizationType: COGNITO_USER_POOLS is not served by this endpoint']
      : []),
    ...(typeof Type === 'string' && Type !== 'AWS_PROXY' && Type !== 'MOCK'
      ? [`#/Integration/Type: ${Type} is not served by this endpoint: AWS_PROXY and MOCK are`]
      : []),
  ];
}

import { internalCall } from '../../../../wire/operation.ts';
import type { ResourceProvider } from '../../provider.ts';
import { apiInput } from '../api-input.ts';
import type { ServiceOperations } from '../service-operations.ts';
import { tagMap } from '../tags.ts';
import { httpApiPart } from './http-api-part.ts';

const commands = () => import('@aws-sdk/client-apigatewayv2');

/** Source: CloudFormation User Guide, "AWS::ApiGatewayV2::Route". `Ref` is the route's ID. */
export const apiGatewayV2Route = (httpApis: ServiceOperations['httpApis']): ResourceProvider =>
  httpApiPart(httpApis, {
    type: 'AWS::ApiGatewayV2::Route',
    id: 'RouteId',
    properties: {
      ApiKeyRequired: 'in place',
      AuthorizationScopes: 'in place',
      AuthorizationType: 'in place',
      AuthorizerId: 'in place',
      OperationName: 'in place',
      RouteKey: 'in place',
      Target: 'in place',
    },
    defaults: { ApiKeyRequired: false, AuthorizationScopes: [], AuthorizationType: 'NONE', OperationName: '' },
    refusals: ({ AuthorizationType }) =>
      AuthorizationType === 'JWT' ? ['#/AuthorizationType: JWT is not served by this endpoint'] : [],
    create: async (operations, properties) =>
      operations.CreateRoute(apiInput((await commands()).CreateRouteCommand, properties), internalCall()),
    update: async (operations, properties) =>
      operations.UpdateRoute(apiInput((await commands()).UpdateRouteCommand, properties), internalCall()),
    delete: (operations, ids) => operations.DeleteRoute({ RouteId: undefined, ...ids }, internalCall()),
  });

/** Source: CloudFormation User Guide, "AWS::ApiGatewayV2::Integration". `Ref` is the integration's ID. */
export const apiGatewayV2Integration = (httpApis: ServiceOperations['httpApis']): ResourceProvider =>
  httpApiPart(httpApis, {
    type: 'AWS::ApiGatewayV2::Integration',
    id: 'IntegrationId',
    properties: {
      ConnectionType: 'in place',
      CredentialsArn: 'in place',
      Description: 'in place',
      IntegrationMethod: 'in place',
      IntegrationType: 'in place',
      IntegrationUri: 'in place',
      PayloadFormatVersion: 'in place',
      TimeoutInMillis: 'in place',
    },
    defaults: { Description: '', TimeoutInMillis: 30_000 },
    refusals: ({ IntegrationType }) =>
      typeof IntegrationType === 'string' && IntegrationType !== 'AWS_PROXY'
        ? [`#/IntegrationType: ${IntegrationType} is not served by this endpoint: AWS_PROXY is`]
        : [],
    create: async (operations, properties) =>
      operations.CreateIntegration(apiInput((await commands()).CreateIntegrationCommand, properties), internalCall()),
    update: async (operations, properties) =>
      operations.UpdateIntegration(apiInput((await commands()).UpdateIntegrationCommand, properties), internalCall()),
    delete: (operations, ids) => operations.DeleteIntegration({ IntegrationId: undefined, ...ids }, internalCall()),
  });

/** Source: CloudFormation User Guide, "AWS::ApiGatewayV2::Authorizer". `Ref` is the authorizer's ID. */
export const apiGatewayV2Authorizer = (httpApis: ServiceOperations['httpApis']): ResourceProvider =>
  httpApiPart(httpApis, {
    type: 'AWS::ApiGatewayV2::Authorizer',
    id: 'AuthorizerId',
    properties: {
      AuthorizerCredentialsArn: 'in place',
      AuthorizerPayloadFormatVersion: 'in place',
      AuthorizerResultTtlInSeconds: 'in place',
      AuthorizerType: 'in place',
      AuthorizerUri: 'in place',
      EnableSimpleResponses: 'in place',
      IdentitySource: 'in place',
      Name: 'in place',
    },
    defaults: { AuthorizerResultTtlInSeconds: 0, EnableSimpleResponses: false, IdentitySource: [] },
    refusals: ({ AuthorizerType }) =>
      AuthorizerType === 'JWT' ? ['#/AuthorizerType: JWT is not served by this endpoint: REQUEST is'] : [],
    create: async (operations, properties) => {
      const given = { IdentitySource: [], ...properties };
      return operations.CreateAuthorizer(apiInput((await commands()).CreateAuthorizerCommand, given), internalCall());
    },
    update: async (operations, properties) =>
      operations.UpdateAuthorizer(apiInput((await commands()).UpdateAuthorizerCommand, properties), internalCall()),
    delete: (operations, ids) => operations.DeleteAuthorizer({ AuthorizerId: undefined, ...ids }, internalCall()),
  });

/** Source: CloudFormation User Guide, "AWS::ApiGatewayV2::Stage". `Ref` is the stage's name. */
export const apiGatewayV2Stage = (httpApis: ServiceOperations['httpApis']): ResourceProvider =>
  httpApiPart(httpApis, {
    type: 'AWS::ApiGatewayV2::Stage',
    id: 'StageName',
    properties: {
      AccessLogSettings: 'in place',
      AutoDeploy: 'in place',
      DefaultRouteSettings: 'in place',
      DeploymentId: 'in place',
      Description: 'in place',
      RouteSettings: 'in place',
      StageName: 'replacement',
      StageVariables: 'in place',
      Tags: 'in place',
    },
    defaults: {
      AccessLogSettings: {},
      AutoDeploy: false,
      DefaultRouteSettings: {},
      Description: '',
      RouteSettings: {},
      StageVariables: {},
    },
    shortfallOf: ({ AccessLogSettings, DefaultRouteSettings, RouteSettings }) =>
      (AccessLogSettings ?? DefaultRouteSettings ?? RouteSettings)
        ? 'Recorded only: this endpoint logs no requests of an API, and throttles none.'
        : undefined,
    create: async (operations, properties) => {
      const given = { ...properties, Tags: tagMap(properties['Tags']) };
      return operations.CreateStage(apiInput((await commands()).CreateStageCommand, given), internalCall());
    },
    update: async (operations, { Tags: _tags, ...properties }) =>
      operations.UpdateStage(apiInput((await commands()).UpdateStageCommand, properties), internalCall()),
    delete: (operations, ids) => operations.DeleteStage({ StageName: undefined, ...ids }, internalCall()),
  });

/** Source: CloudFormation User Guide, "AWS::ApiGatewayV2::Deployment". `Ref` is the deployment's ID. */
export const apiGatewayV2Deployment = (httpApis: ServiceOperations['httpApis']): ResourceProvider =>
  httpApiPart(httpApis, {
    type: 'AWS::ApiGatewayV2::Deployment',
    id: 'DeploymentId',
    properties: { Description: 'replacement', StageName: 'replacement' },
    create: async (operations, properties) =>
      operations.CreateDeployment(apiInput((await commands()).CreateDeploymentCommand, properties), internalCall()),
    update: async () => {},
    delete: (operations, ids) => operations.DeleteDeployment({ DeploymentId: undefined, ...ids }, internalCall()),
  });

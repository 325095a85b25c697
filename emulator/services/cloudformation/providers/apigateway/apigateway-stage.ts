import { internalCall } from '../../../../wire/operation.ts';
import type { ResourceProvider } from '../../provider.ts';
import { apiInput, textOf } from '../api-input.ts';
import { unlessGone } from '../gone.ts';
import type { ServiceOperations } from '../service-operations.ts';
import { changeTags, tagMap } from '../tags.ts';
import { camelCased, entriesPatchOf, patchOf } from './rest-api-input.ts';

/** Source: CloudFormation User Guide, "AWS::ApiGateway::Deployment". `Ref` is the deployment's ID. */
export function apiGatewayDeployment(restApis: ServiceOperations['restApis']): ResourceProvider {
  return {
    type: 'AWS::ApiGateway::Deployment',
    properties: { Description: 'replacement', RestApiId: 'replacement', StageName: 'replacement' },
    create: async (properties) => {
      const { CreateDeploymentCommand } = await import('@aws-sdk/client-api-gateway');
      const input = apiInput(CreateDeploymentCommand, camelCased(properties));
      const { id = '' } = await (await restApis()).CreateDeployment(input, internalCall());
      return { physicalId: id, attributes: { DeploymentId: id } };
    },
    delete: ({ physicalId: deploymentId }, { RestApiId, StageName }) =>
      unlessGone(async () => {
        const operations = await restApis();
        const restApiId = textOf(RestApiId, '#/RestApiId');
        if (StageName !== undefined) {
          const stageName = textOf(StageName, '#/StageName');
          await unlessGone(() => operations.DeleteStage({ restApiId, stageName }, internalCall()));
        }
        await operations.DeleteDeployment({ restApiId, deploymentId }, internalCall());
      }),
  };
}

/** Source: CloudFormation User Guide, "AWS::ApiGateway::Stage". `Ref` is the stage's name. */
export function apiGatewayStage(restApis: ServiceOperations['restApis']): ResourceProvider {
  return {
    type: 'AWS::ApiGateway::Stage',
    properties: {
      AccessLogSetting: 'in place',
      DeploymentId: 'in place',
      Description: 'in place',
      MethodSettings: 'in place',
      RestApiId: 'replacement',
      StageName: 'replacement',
      Tags: 'in place',
      TracingEnabled: 'in place',
      Variables: 'in place',
    },
    shortfallOf: ({ AccessLogSetting, MethodSettings, TracingEnabled }) =>
      (AccessLogSetting ?? MethodSettings ?? TracingEnabled)
        ? 'Recorded only: this endpoint logs and traces no requests of an API, and throttles and caches none.'
        : undefined,
    create: async ({ AccessLogSetting: _log, MethodSettings: _settings, Tags, ...properties }) => {
      const { CreateStageCommand } = await import('@aws-sdk/client-api-gateway');
      const input = apiInput(CreateStageCommand, { ...camelCased(properties), tags: tagMap(Tags) });
      const { stageName = '' } = await (await restApis()).CreateStage(input, internalCall());
      return { physicalId: stageName, attributes: {} };
    },
    update: async (stage, properties, previous, { region }) => {
      const operations = await restApis();
      const restApiId = textOf(properties['RestApiId'], '#/RestApiId');
      const stageName = stage.physicalId;
      const patchOperations = [
        ...patchOf(previous, properties, {
          DeploymentId: '/deploymentId',
          Description: '/description',
          TracingEnabled: '/tracingEnabled',
        }),
        ...entriesPatchOf(previous['Variables'], properties['Variables'], '/variables'),
      ];
      if (patchOperations.length > 0) {
        await operations.UpdateStage({ restApiId, stageName, patchOperations }, internalCall());
      }
      const resourceArn = `arn:aws:apigateway:${region.name}::/restapis/${restApiId}/stages/${stageName}`;
      await changeTags(previous, properties, {
        set: (tags) => operations.TagResource({ resourceArn, tags }, internalCall()),
        remove: (tagKeys) => operations.UntagResource({ resourceArn, tagKeys }, internalCall()),
      });
      return stage;
    },
    delete: ({ physicalId: stageName }, { RestApiId }) =>
      unlessGone(async () =>
        (await restApis()).DeleteStage({ restApiId: textOf(RestApiId, '#/RestApiId'), stageName }, internalCall()),
      ),
  };
}

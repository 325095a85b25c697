import { AddLayerVersionPermissionCommand, PublishLayerVersionCommand } from '@aws-sdk/client-lambda';
import { internalCall } from '../../../../wire/operation.ts';
import type { ResourceProvider } from '../../provider.ts';
import { apiInput, textOf } from '../api-input.ts';
import { unlessGone } from '../gone.ts';
import type { ServiceOperations } from '../service-operations.ts';

/** The layer and the number in the ARN of a version. */
function versionOf(arn: string): { LayerName: string; VersionNumber: number } {
  const [, LayerName = '', number] = /^(.+):(\d+)$/.exec(arn) ?? [];
  return { LayerName, VersionNumber: Number(number) };
}

/** Source: CloudFormation User Guide, "AWS::Lambda::LayerVersion". `Ref` is the version's ARN; any change is another version. */
export function lambdaLayerVersion(lambda: ServiceOperations['lambda']): ResourceProvider {
  return {
    type: 'AWS::Lambda::LayerVersion',
    properties: {
      CompatibleArchitectures: 'replacement',
      CompatibleRuntimes: 'replacement',
      Content: 'replacement',
      Description: 'replacement',
      LayerName: 'replacement',
      LicenseInfo: 'replacement',
    },
    create: async (properties, { physicalName }) => {
      const LayerName = properties['LayerName'] ?? physicalName(64);
      const input = apiInput(PublishLayerVersionCommand, { ...properties, LayerName });
      const { LayerVersionArn = '' } = await lambda.PublishLayerVersion(input, internalCall());
      return { physicalId: LayerVersionArn, attributes: { LayerVersionArn } };
    },
    delete: async ({ physicalId }) => {
      await lambda.DeleteLayerVersion(versionOf(physicalId), internalCall());
    },
  };
}

/** Source: CloudFormation User Guide, "AWS::Lambda::LayerVersionPermission". */
export function lambdaLayerVersionPermission(lambda: ServiceOperations['lambda']): ResourceProvider {
  return {
    type: 'AWS::Lambda::LayerVersionPermission',
    properties: {
      Action: 'replacement',
      LayerVersionArn: 'replacement',
      OrganizationId: 'replacement',
      Principal: 'replacement',
    },
    create: async ({ LayerVersionArn, ...properties }, { physicalName }) => {
      const StatementId = physicalName(100);
      const version = versionOf(textOf(LayerVersionArn, '#/LayerVersionArn'));
      const input = apiInput(AddLayerVersionPermissionCommand, { ...properties, ...version, StatementId });
      await lambda.AddLayerVersionPermission(input, internalCall());
      return { physicalId: StatementId, attributes: { Id: StatementId } };
    },
    delete: ({ physicalId: StatementId }, { LayerVersionArn }) =>
      unlessGone(() => {
        const version = versionOf(textOf(LayerVersionArn, '#/LayerVersionArn'));
        return lambda.RemoveLayerVersionPermission({ ...version, StatementId }, internalCall());
      }),
  };
}

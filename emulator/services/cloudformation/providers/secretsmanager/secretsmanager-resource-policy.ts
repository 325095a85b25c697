import { PutResourcePolicyCommand } from '@aws-sdk/client-secrets-manager';
import { internalCall } from '../../../../wire/operation.ts';
import type { Properties, ResourceProvider } from '../../provider.ts';
import { apiInput, documentOf } from '../api-input.ts';
import { unlessGone } from '../gone.ts';
import type { ServiceOperations } from '../service-operations.ts';

/** Source: CloudFormation User Guide, "AWS::SecretsManager::ResourcePolicy". `Ref` is the ARN of the secret it is put on. */
export function secretsManagerResourcePolicy(secrets: ServiceOperations['secretsmanager']): ResourceProvider {
  const put = async ({ SecretId, ResourcePolicy, BlockPublicPolicy }: Properties) => {
    const policy = { SecretId, ResourcePolicy: documentOf(ResourcePolicy), BlockPublicPolicy };
    const { ARN = '' } = await secrets.PutResourcePolicy(apiInput(PutResourcePolicyCommand, policy), internalCall());
    return { physicalId: ARN, attributes: { Id: ARN } };
  };
  return {
    type: 'AWS::SecretsManager::ResourcePolicy',
    properties: { BlockPublicPolicy: 'in place', ResourcePolicy: 'in place', SecretId: 'replacement' },
    create: put,
    update: (_policy, properties) => put(properties),
    delete: ({ physicalId: SecretId }) => unlessGone(() => secrets.DeleteResourcePolicy({ SecretId }, internalCall())),
  };
}

import { internalCall } from '../../../../wire/operation.ts';
import type { Properties, ResourceProvider } from '../../provider.ts';
import { textOf } from '../api-input.ts';
import { unlessGone } from '../gone.ts';
import type { ServiceOperations } from '../service-operations.ts';

/** Source: CloudFormation User Guide, "AWS::Logs::ResourcePolicy". `Ref` is the policy's name. */
export function logsResourcePolicy(logs: ServiceOperations['logs']): ResourceProvider {
  const put = async ({ PolicyName, PolicyDocument }: Properties) => {
    const policyName = textOf(PolicyName, '#/PolicyName');
    const policyDocument = textOf(PolicyDocument, '#/PolicyDocument');
    await logs.PutResourcePolicy({ policyName, policyDocument }, internalCall());
    return { physicalId: policyName, attributes: {} };
  };
  return {
    type: 'AWS::Logs::ResourcePolicy',
    properties: { PolicyDocument: 'in place', PolicyName: 'replacement' },
    create: put,
    update: (_resource, properties) => put(properties),
    delete: ({ physicalId: policyName }) => unlessGone(() => logs.DeleteResourcePolicy({ policyName }, internalCall())),
  };
}

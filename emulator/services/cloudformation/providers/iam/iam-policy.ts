import { internalCall } from '../../../../wire/operation.ts';
import type { Properties, Resource, ResourceProvider } from '../../provider.ts';
import { documentOf, textOf, textsOf } from '../api-input.ts';
import { complete } from '../completion.ts';
import { unlessGone } from '../gone.ts';
import type { ServiceOperations } from '../service-operations.ts';
import { noUsers } from './iam-records.ts';

/** Source: CloudFormation User Guide, "AWS::IAM::Policy": one policy put into several roles, and recorded for users and groups. `Ref` is its name. */
export function iamPolicy(iam: ServiceOperations['iam']): ResourceProvider {
  return {
    type: 'AWS::IAM::Policy',
    properties: {
      Groups: 'in place',
      PolicyDocument: 'in place',
      PolicyName: 'in place',
      Roles: 'in place',
      Users: 'in place',
    },
    recorded: { Groups: noUsers, Users: noUsers },
    create: async (properties) => {
      const policy = describe(properties);
      await complete(
        () => put(properties),
        () => remove(policy.physicalId, rolesOf(properties)),
      );
      return policy;
    },
    update: async (_policy, properties, previous) => {
      await put(properties);
      const next = describe(properties);
      // One of another name has another physical id: CloudFormation deletes the former when all is done.
      if (next.physicalId === describe(previous).physicalId) {
        const wanted = rolesOf(properties);
        const left = rolesOf(previous).filter((role) => !wanted.includes(role));
        await remove(next.physicalId, left);
      }
      return next;
    },
    delete: ({ physicalId }, properties) => remove(physicalId, rolesOf(properties)),
  };

  async function put(properties: Properties): Promise<void> {
    const PolicyName = nameOf(properties);
    const PolicyDocument = documentOf(properties['PolicyDocument']);
    for (const RoleName of rolesOf(properties)) {
      await iam.PutRolePolicy({ RoleName, PolicyName, PolicyDocument }, internalCall());
    }
  }

  async function remove(PolicyName: string, roles: readonly string[]): Promise<void> {
    for (const RoleName of roles) {
      await unlessGone(() => iam.DeleteRolePolicy({ RoleName, PolicyName }, internalCall()));
    }
  }
}

const nameOf = ({ PolicyName }: Properties): string => textOf(PolicyName, '#/PolicyName');
const rolesOf = ({ Roles }: Properties): string[] => textsOf(Roles, '#/Roles');
const describe = (properties: Properties): Resource => ({
  physicalId: nameOf(properties),
  attributes: { Id: nameOf(properties) },
});

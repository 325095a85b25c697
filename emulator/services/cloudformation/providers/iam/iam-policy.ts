import type { Properties, Resource, ResourceProvider } from '../../provider.ts';
import { documentOf, textOf, textsOf } from '../api-input.ts';
import { complete } from '../completion.ts';
import type { ServiceOperations } from '../service-operations.ts';
import { type PolicyHolders, policyHolders } from './policy-holders.ts';

/** Source: CloudFormation User Guide, "AWS::IAM::Policy": one policy put into several roles, users and groups. `Ref` is its name. */
export function iamPolicy(iam: ServiceOperations['iam']): ResourceProvider {
  const holders = policyHolders(iam);
  const holdersOf = (properties: Properties): Holder[] =>
    (['Roles', 'Users', 'Groups'] as const).flatMap((kind) =>
      textsOf(properties[kind], `#/${kind}`).map((name) => ({ of: holders[kind], name })),
    );

  return {
    type: 'AWS::IAM::Policy',
    properties: {
      Groups: 'in place',
      PolicyDocument: 'in place',
      PolicyName: 'in place',
      Roles: 'in place',
      Users: 'in place',
    },
    create: async (properties) => {
      const policy = describe(properties);
      await complete(
        () => put(properties),
        () => remove(policy.physicalId, holdersOf(properties)),
      );
      return policy;
    },
    update: async (_policy, properties, previous) => {
      await put(properties);
      const next = describe(properties);
      // One of another name has another physical id: CloudFormation deletes the former when all is done.
      if (next.physicalId === describe(previous).physicalId) {
        const wanted = holdersOf(properties);
        const left = holdersOf(previous).filter(
          (holder) => !wanted.some(({ of, name }) => of === holder.of && name === holder.name),
        );
        await remove(next.physicalId, left);
      }
      return next;
    },
    delete: ({ physicalId }, properties) => remove(physicalId, holdersOf(properties)),
  };

  async function put(properties: Properties): Promise<void> {
    const PolicyName = nameOf(properties);
    const PolicyDocument = documentOf(properties['PolicyDocument']);
    for (const { of, name } of holdersOf(properties)) {
      await of.put(name, PolicyName, PolicyDocument);
    }
  }

  async function remove(PolicyName: string, from: readonly Holder[]): Promise<void> {
    for (const { of, name } of from) {
      await of.remove(name, PolicyName);
    }
  }
}

/** A role, a user or a group. */
interface Holder {
  readonly of: PolicyHolders;
  readonly name: string;
}

const nameOf = ({ PolicyName }: Properties): string => textOf(PolicyName, '#/PolicyName');
const describe = (properties: Properties): Resource => ({
  physicalId: nameOf(properties),
  attributes: { Id: nameOf(properties) },
});

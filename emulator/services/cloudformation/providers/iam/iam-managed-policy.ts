import { CreatePolicyCommand } from '@aws-sdk/client-iam';
import { internalCall } from '../../../../wire/operation.ts';
import type { Properties, Resource, ResourceProvider } from '../../provider.ts';
import { apiInput, documentOf, textsOf } from '../api-input.ts';
import { complete } from '../completion.ts';
import { unlessGone } from '../gone.ts';
import { isChanged } from '../property-change.ts';
import type { ServiceOperations } from '../service-operations.ts';
import { policyHolders } from './policy-holders.ts';

/** How many versions IAM keeps of a policy. */
const versionLimit = 5;

/** Source: CloudFormation User Guide, "AWS::IAM::ManagedPolicy". `Ref` is the policy's ARN. */
export function iamManagedPolicy(iam: ServiceOperations['iam']): ResourceProvider {
  const holders = policyHolders(iam);

  return {
    type: 'AWS::IAM::ManagedPolicy',
    nameProperty: 'ManagedPolicyName',
    properties: {
      Description: 'replacement',
      Groups: 'in place',
      ManagedPolicyName: 'replacement',
      Path: 'replacement',
      PolicyDocument: 'in place',
      Roles: 'in place',
      Users: 'in place',
    },
    create: async (properties, { physicalName }) => {
      // What is malformed is refused before there is a policy to take away again.
      for (const kind of kinds) {
        namesOf(properties, kind);
      }
      const input = apiInput(CreatePolicyCommand, {
        Description: properties['Description'],
        Path: properties['Path'],
        PolicyName: properties['ManagedPolicyName'] ?? physicalName(128),
        PolicyDocument: documentOf(properties['PolicyDocument']),
      });
      const { Policy } = await iam.CreatePolicy(input, internalCall());
      const policy: Resource = {
        physicalId: Policy?.Arn ?? '',
        attributes: { PolicyArn: Policy?.Arn, PolicyId: Policy?.PolicyId },
      };
      return complete(
        async () => {
          await changeHolders(policy.physicalId, {}, properties);
          return policy;
        },
        () => remove(policy, properties),
      );
    },
    update: async (policy, properties, previous) => {
      if (isChanged(previous, properties, ['PolicyDocument'])) {
        await putInForce(policy.physicalId, documentOf(properties['PolicyDocument']) ?? '');
      }
      await changeHolders(policy.physicalId, previous, properties);
      return policy;
    },
    delete: remove,
  };

  async function remove({ physicalId: PolicyArn }: Resource, properties: Properties): Promise<void> {
    await changeHolders(PolicyArn, properties, {});
    await unlessGone(async () => {
      for (const VersionId of await formerVersions(PolicyArn)) {
        await iam.DeletePolicyVersion({ PolicyArn, VersionId }, internalCall());
      }
      await iam.DeletePolicy({ PolicyArn }, internalCall());
    });
  }

  async function putInForce(PolicyArn: string, PolicyDocument: string): Promise<void> {
    const former = await formerVersions(PolicyArn);
    const VersionId = former.at(-1);
    if (former.length >= versionLimit - 1 && VersionId) {
      await iam.DeletePolicyVersion({ PolicyArn, VersionId }, internalCall());
    }
    await iam.CreatePolicyVersion({ PolicyArn, PolicyDocument, SetAsDefault: true }, internalCall());
  }

  /** The ids of the versions that are not in force, newest first. */
  async function formerVersions(PolicyArn: string): Promise<string[]> {
    const { Versions = [] } = await iam.ListPolicyVersions({ PolicyArn }, internalCall());
    return Versions.flatMap(({ VersionId, IsDefaultVersion }) => (VersionId && !IsDefaultVersion ? [VersionId] : []));
  }

  async function changeHolders(PolicyArn: string, previous: Properties, properties: Properties): Promise<void> {
    for (const kind of kinds) {
      const wanted = namesOf(properties, kind);
      for (const name of namesOf(previous, kind).filter((one) => !wanted.includes(one))) {
        await holders[kind].detach(name, PolicyArn);
      }
      for (const name of wanted) {
        await holders[kind].attach(name, PolicyArn);
      }
    }
  }
}

/** The properties that name what the policy is attached to. */
const kinds = ['Roles', 'Users', 'Groups'] as const;

const namesOf = (properties: Properties, kind: (typeof kinds)[number]): string[] =>
  textsOf(properties[kind], `#/${kind}`);

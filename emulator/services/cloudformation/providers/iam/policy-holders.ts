import { internalCall } from '../../../../wire/operation.ts';
import type { Properties } from '../../provider.ts';
import { documentOf, textOf, textsOf } from '../api-input.ts';
import { unlessGone } from '../gone.ts';
import type { ServiceOperations } from '../service-operations.ts';

/** What is done to the policies of roles, users or groups, each by its name. */
export interface PolicyHolders {
  put(name: string, PolicyName: string, PolicyDocument: string | undefined): Promise<unknown>;
  /** One that is gone is no error. */
  remove(name: string, PolicyName: string): Promise<void>;
  attach(name: string, PolicyArn: string): Promise<unknown>;
  /** One that is gone is no error. */
  detach(name: string, PolicyArn: string): Promise<void>;
}

/** Holders of policies by the property of a template that names them. */
export const policyHolders = (iam: ServiceOperations['iam']) =>
  ({
    Roles: {
      put: async (RoleName, PolicyName, PolicyDocument) =>
        iam.PutRolePolicy({ RoleName, PolicyName, PolicyDocument }, internalCall()),
      remove: (RoleName, PolicyName) =>
        unlessGone(() => iam.DeleteRolePolicy({ RoleName, PolicyName }, internalCall())),
      attach: async (RoleName, PolicyArn) => iam.AttachRolePolicy({ RoleName, PolicyArn }, internalCall()),
      detach: (RoleName, PolicyArn) => unlessGone(() => iam.DetachRolePolicy({ RoleName, PolicyArn }, internalCall())),
    },
    Users: {
      put: async (UserName, PolicyName, PolicyDocument) =>
        iam.PutUserPolicy({ UserName, PolicyName, PolicyDocument }, internalCall()),
      remove: (UserName, PolicyName) =>
        unlessGone(() => iam.DeleteUserPolicy({ UserName, PolicyName }, internalCall())),
      attach: async (UserName, PolicyArn) => iam.AttachUserPolicy({ UserName, PolicyArn }, internalCall()),
      detach: (UserName, PolicyArn) => unlessGone(() => iam.DetachUserPolicy({ UserName, PolicyArn }, internalCall())),
    },
    Groups: {
      put: async (GroupName, PolicyName, PolicyDocument) =>
        iam.PutGroupPolicy({ GroupName, PolicyName, PolicyDocument }, internalCall()),
      remove: (GroupName, PolicyName) =>
        unlessGone(() => iam.DeleteGroupPolicy({ GroupName, PolicyName }, internalCall())),
      attach: async (GroupName, PolicyArn) => iam.AttachGroupPolicy({ GroupName, PolicyArn }, internalCall()),
      detach: (GroupName, PolicyArn) =>
        unlessGone(() => iam.DetachGroupPolicy({ GroupName, PolicyArn }, internalCall())),
    },
  }) satisfies Readonly<Record<string, PolicyHolders>>;

/** Refuses what is malformed, before there is a holder to take away again. @throws ValidationError */
export function checkPolicies(properties: Properties): void {
  arnsOf(properties);
  inlinePoliciesOf(properties);
}

/** Brings the policies of one holder to what its own properties say: `ManagedPolicyArns` and `Policies`. */
export async function changePolicies(
  holders: PolicyHolders,
  name: string,
  previous: Properties,
  properties: Properties,
): Promise<void> {
  const wantedArns = arnsOf(properties);
  for (const arn of arnsOf(previous).filter((one) => !wantedArns.includes(one))) {
    await holders.detach(name, arn);
  }
  for (const arn of wantedArns) {
    await holders.attach(name, arn);
  }
  const wanted = inlinePoliciesOf(properties);
  for (const policy of [...inlinePoliciesOf(previous).keys()].filter((one) => !wanted.has(one))) {
    await holders.remove(name, policy);
  }
  for (const [policy, document] of wanted) {
    await holders.put(name, policy, document);
  }
}

const arnsOf = ({ ManagedPolicyArns }: Properties): string[] => textsOf(ManagedPolicyArns, '#/ManagedPolicyArns');

function inlinePoliciesOf({ Policies = [] }: Properties): Map<string, string> {
  return new Map(
    (Policies as Properties[]).map((policy, i) => [
      textOf(policy['PolicyName'], `#/Policies/${i}/PolicyName`),
      documentOf(policy['PolicyDocument']) ?? '',
    ]),
  );
}

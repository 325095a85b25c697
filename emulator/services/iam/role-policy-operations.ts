import type * as iam from '@aws-sdk/client-iam';
import type { Handlers } from '../../wire/operation.ts';
import { limitExceeded, noSuchEntity } from './errors.ts';
import { type ManagedPolicies, policyNameOf } from './managed-policy.ts';
import { checkName } from './name.ts';
import { pageOf } from './paging.ts';
import { encodeDocument, parseIdentityPolicy, policySize } from './policy-document.ts';
import type { Roles } from './role.ts';

const inlineSizeLimit = 10_240;
const attachedLimit = 10;

/** What a role may do: policies that are part of it, and managed ones that are attached to it. */
export function rolePolicyOperations(roles: Roles, policies: ManagedPolicies) {
  return {
    PutRolePolicy: ({ RoleName, PolicyName, PolicyDocument = '' }) => {
      const role = roles.get(RoleName);
      const name = checkName('policyName', PolicyName, 128);
      parseIdentityPolicy(PolicyDocument);
      const others = [...role.inlinePolicies].filter(([other]) => other !== name).map(([, text]) => policySize(text));
      if (others.reduce((sum, size) => sum + size, policySize(PolicyDocument)) > inlineSizeLimit) {
        throw limitExceeded(`Maximum policy size of ${inlineSizeLimit} bytes exceeded for role ${role.name}`);
      }
      role.inlinePolicies.set(name, PolicyDocument);
      return {};
    },
    GetRolePolicy: ({ RoleName, PolicyName = '' }) => {
      const role = roles.get(RoleName);
      const text = role.inlinePolicies.get(PolicyName);
      if (text === undefined) {
        throw noSuchEntity(`The role policy with name ${PolicyName} cannot be found.`);
      }
      return { RoleName: role.name, PolicyName, PolicyDocument: encodeDocument(text) };
    },
    ListRolePolicies: (input) => {
      const names = [...roles.get(input.RoleName).inlinePolicies.keys()].sort();
      const { items, ...position } = pageOf(names, (name) => name, input);
      return { PolicyNames: items, ...position };
    },
    DeleteRolePolicy: ({ RoleName, PolicyName = '' }) => {
      if (!roles.get(RoleName).inlinePolicies.delete(PolicyName)) {
        throw noSuchEntity(`The role policy with name ${PolicyName} cannot be found.`);
      }
      return {};
    },
    AttachRolePolicy: ({ RoleName, PolicyArn }) => {
      const { attachedPolicies } = roles.get(RoleName);
      const arn = policies.check(PolicyArn);
      if (!attachedPolicies.has(arn) && attachedPolicies.size >= attachedLimit) {
        throw limitExceeded(`Cannot exceed quota for PoliciesPerRole: ${attachedLimit}`);
      }
      attachedPolicies.add(arn);
      return {};
    },
    DetachRolePolicy: ({ RoleName, PolicyArn = '' }) => {
      if (!roles.get(RoleName).attachedPolicies.delete(PolicyArn)) {
        throw noSuchEntity(`Policy ${PolicyArn} was not found.`);
      }
      return {};
    },
    ListAttachedRolePolicies: (input) => {
      const arns = [...roles.get(input.RoleName).attachedPolicies];
      const { items, ...position } = pageOf(arns, (arn) => arn, input);
      return {
        AttachedPolicies: items.map((arn) => ({ PolicyArn: arn, PolicyName: policyNameOf(arn) })),
        ...position,
      };
    },
  } satisfies Handlers<typeof iam>;
}

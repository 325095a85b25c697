import type * as iam from '@aws-sdk/client-iam';
import type { Handlers } from '../../wire/operation.ts';
import { heldPolicies } from './held-policies.ts';
import type { ManagedPolicies } from './managed-policy.ts';
import type { Roles } from './role.ts';

/** What a role may do. */
export function rolePolicyOperations(roles: Roles, policies: ManagedPolicies) {
  const held = heldPolicies('role', policies);
  return {
    PutRolePolicy: ({ RoleName, PolicyName, PolicyDocument }) =>
      held.put(roles.get(RoleName), PolicyName, PolicyDocument),
    GetRolePolicy: ({ RoleName, PolicyName }) => {
      const role = roles.get(RoleName);
      return { RoleName: role.name, ...held.get(role, PolicyName) };
    },
    ListRolePolicies: (input) => held.list(roles.get(input.RoleName), input),
    DeleteRolePolicy: ({ RoleName, PolicyName }) => held.delete(roles.get(RoleName), PolicyName),
    AttachRolePolicy: ({ RoleName, PolicyArn }) => held.attach(roles.get(RoleName), PolicyArn),
    DetachRolePolicy: ({ RoleName, PolicyArn }) => held.detach(roles.get(RoleName), PolicyArn),
    ListAttachedRolePolicies: (input) => held.listAttached(roles.get(input.RoleName), input),
  } satisfies Handlers<typeof iam>;
}

import * as iam from '@aws-sdk/client-iam';
import type { Handlers, Region } from '../../wire/operation.ts';
import { service, serviceModel } from '../../wire/service.ts';
import { groupOperations } from './group-operations.ts';
import { ManagedPolicies } from './managed-policy.ts';
import { managedPolicyOperations } from './managed-policy-operations.ts';
import { type PolicyDocument, parseIdentityPolicy, parseTrustPolicy } from './policy-document.ts';
import { policyVersionOperations } from './policy-version-operations.ts';
import { type Group, Principals, type User } from './principal.ts';
import { Roles } from './role.ts';
import { roleOperations } from './role-operations.ts';
import { rolePolicyOperations } from './role-policy-operations.ts';
import { tagOperations } from './tag-operations.ts';
import { userOperations } from './user-operations.ts';

const model = serviceModel('iam', iam, { xmlNamespace: 'https://iam.amazonaws.com/doc/2010-05-08/' });

/** All that decides what a role may do, and who may become it. */
export interface RolePermissions {
  readonly trustPolicy: PolicyDocument;
  /** The role's own policies, and the managed ones that are attached to it. */
  readonly policies: readonly PolicyDocument[];
  readonly permissionsBoundary: PolicyDocument | undefined;
  /** ARNs of AWS managed policies, attached or the boundary, whose contents are not known here. */
  readonly unknownPolicies: readonly string[];
}

/**
 * IAM: the roles, users, groups and managed policies of an account. It is global, so one instance serves every region.
 * There are no instance profiles, passwords or identity providers. Policies are kept and not enforced by this service.
 */
export function createIam({ accountId }: Pick<Region, 'accountId'>) {
  const roles = new Roles();
  const users = new Principals<User>('user');
  const groups = new Principals<Group>('group');
  const managed = new ManagedPolicies();
  const operations = {
    ...roleOperations(accountId, roles, managed),
    ...rolePolicyOperations(roles, managed),
    ...managedPolicyOperations(accountId, managed, roles, { users, groups }),
    ...userOperations(accountId, users, groups, managed),
    ...groupOperations(accountId, groups, users, managed),
    ...policyVersionOperations(managed),
    ...tagOperations(roles, users, managed),
  } satisfies Handlers<typeof iam>;

  return {
    service: service<typeof iam>(model, operations),
    operations,
    /** What a role is allowed, by its ARN; undefined where there is no such role. */
    permissionsOf(roleArn: string): RolePermissions | undefined {
      const role = roles.find(roleArn.slice(roleArn.lastIndexOf('/') + 1));
      if (role?.arn !== roleArn) {
        return undefined;
      }
      const boundary = role.permissionsBoundary;
      const arns = [...role.attachedPolicies, ...(boundary ? [boundary] : [])];
      const attached = [...role.attachedPolicies].flatMap((arn) => managed.documentOf(arn) ?? []);
      const boundaryText = boundary && managed.documentOf(boundary);
      return {
        trustPolicy: parseTrustPolicy(role.trustPolicy),
        policies: [...role.inlinePolicies.values(), ...attached].map(parseIdentityPolicy),
        permissionsBoundary: boundaryText ? parseIdentityPolicy(boundaryText) : undefined,
        unknownPolicies: arns.filter((arn) => managed.documentOf(arn) === undefined),
      };
    },
  };
}

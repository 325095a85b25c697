import type * as iam from '@aws-sdk/client-iam';
import type { Handlers } from '../../wire/operation.ts';
import { noTags } from '../../wire/tags.ts';
import { alreadyExists, deleteConflict, invalidValue, limitExceeded } from './errors.ts';
import type { ManagedPolicies } from './managed-policy.ts';
import { checkName, checkPath, uniqueId } from './name.ts';
import { pageOf } from './paging.ts';
import { parseTrustPolicy, policySize } from './policy-document.ts';
import { describeRole, type Role, type Roles } from './role.ts';
import { taggedWith } from './tag-operations.ts';

const trustPolicyLimit = 2048;
const descriptionLimit = 1000;
const defaultSessionSeconds = 3600;

/** Roles themselves; their policies are in `role-policy-operations.ts`. */
export function roleOperations(accountId: string, roles: Roles, policies: ManagedPolicies) {
  return {
    CreateRole: (input) => {
      const name = checkName('roleName', input.RoleName, 64);
      const path = checkPath(input.Path);
      const role: Role = {
        name,
        path,
        id: uniqueId('AROA'),
        arn: `arn:aws:iam::${accountId}:role${path}${name}`,
        created: new Date(),
        trustPolicy: checkTrustPolicy(input.AssumeRolePolicyDocument),
        description: checkDescription(input.Description),
        maxSessionDuration: checkSessionDuration(input.MaxSessionDuration),
        permissionsBoundary: input.PermissionsBoundary && policies.check(input.PermissionsBoundary),
        tags: taggedWith(noTags, input.Tags),
        inlinePolicies: new Map(),
        attachedPolicies: new Set(),
      };
      if (roles.find(name)) {
        throw alreadyExists(`Role with name ${name} already exists.`);
      }
      roles.add(role);
      return { Role: describeRole(role) };
    },
    GetRole: ({ RoleName }) => ({ Role: describeRole(roles.get(RoleName)) }),
    ListRoles: (input) => {
      const found = roles.all().filter(({ path }) => path.startsWith(input.PathPrefix ?? '/'));
      const { items, ...position } = pageOf(found, ({ name }) => name, input);
      const listed = items.map((role) => {
        const { Tags: _tags, PermissionsBoundary: _boundary, ...shown } = describeRole(role);
        return shown;
      });
      return { Roles: listed, ...position };
    },
    UpdateRole: ({ RoleName, Description, MaxSessionDuration }) => {
      const role = roles.get(RoleName);
      // The API reference: a description that is left out is kept, a duration that is left out is the default again.
      const maxSessionDuration = checkSessionDuration(MaxSessionDuration);
      if (Description !== undefined) {
        role.description = checkDescription(Description);
      }
      role.maxSessionDuration = maxSessionDuration;
      return {};
    },
    UpdateRoleDescription: ({ RoleName, Description }) => {
      const role = roles.get(RoleName);
      role.description = checkDescription(Description);
      return { Role: describeRole(role) };
    },
    UpdateAssumeRolePolicy: ({ RoleName, PolicyDocument }) => {
      const role = roles.get(RoleName);
      role.trustPolicy = checkTrustPolicy(PolicyDocument);
      return {};
    },
    DeleteRole: ({ RoleName }) => {
      const role = roles.get(RoleName);
      if (role.attachedPolicies.size > 0) {
        throw deleteConflict('Cannot delete entity, must detach all policies first.');
      }
      if (role.inlinePolicies.size > 0) {
        throw deleteConflict('Cannot delete entity, must delete policies first.');
      }
      roles.remove(role);
      return {};
    },
    PutRolePermissionsBoundary: ({ RoleName, PermissionsBoundary }) => {
      roles.get(RoleName).permissionsBoundary = policies.check(PermissionsBoundary);
      return {};
    },
    DeleteRolePermissionsBoundary: ({ RoleName }) => {
      roles.get(RoleName).permissionsBoundary = undefined;
      return {};
    },
  } satisfies Handlers<typeof iam>;
}

function checkTrustPolicy(text = ''): string {
  parseTrustPolicy(text);
  if (policySize(text) > trustPolicyLimit) {
    throw limitExceeded(`Cannot exceed quota for ACLSizePerRole: ${trustPolicyLimit}`);
  }
  return text;
}

function checkDescription(description: string | undefined): string | undefined {
  if (description !== undefined && description.length > descriptionLimit) {
    throw invalidValue('description', description, `Member must have length less than or equal to ${descriptionLimit}`);
  }
  return description;
}

function checkSessionDuration(seconds = defaultSessionSeconds): number {
  if (seconds < 3600 || seconds > 43_200) {
    throw invalidValue(
      'maxSessionDuration',
      seconds,
      `Member must have value ${seconds < 3600 ? 'greater than or equal to 3600' : 'less than or equal to 43200'}`,
    );
  }
  return seconds;
}

import type * as iam from '@aws-sdk/client-iam';
import type { Handlers } from '../../wire/operation.ts';
import { noTags } from '../../wire/tags.ts';
import { alreadyExists, deleteConflict, limitExceeded } from './errors.ts';
import { describePolicy, type ManagedPolicies, type ManagedPolicy, type PolicyVersion } from './managed-policy.ts';
import { checkName, checkPath, uniqueId } from './name.ts';
import { pageOf } from './paging.ts';
import { parseIdentityPolicy, policySize } from './policy-document.ts';
import type { Group, PolicyHolder, Principals, User } from './principal.ts';
import type { Roles } from './role.ts';
import { taggedWith } from './tag-operations.ts';

const sizeLimit = 6144;

/** What a policy is attached to. */
type Entity = PolicyHolder & { readonly path: string; readonly permissionsBoundary?: string | undefined };

/** The managed policies of an account, and those of AWS that CDK and its users commonly name, which can be read. */
export function managedPolicyOperations(
  accountId: string,
  policies: ManagedPolicies,
  roles: Roles,
  { users, groups }: { readonly users: Principals<User>; readonly groups: Principals<Group> },
) {
  const usageOf = ({ arn }: ManagedPolicy) => ({
    attachments: [...roles.all(), ...users.all(), ...groups.all()].filter((one) => one.attachedPolicies.has(arn))
      .length,
    boundaries: [...roles.all(), ...users.all()].filter((one) => one.permissionsBoundary === arn).length,
  });
  const describe = (policy: ManagedPolicy): iam.Policy => describePolicy(policy, usageOf(policy));

  return {
    CreatePolicy: (input) => {
      const name = checkName('policyName', input.PolicyName, 128);
      const path = checkPath(input.Path);
      const created = new Date();
      const version: PolicyVersion = { id: 'v1', document: checkManagedDocument(input.PolicyDocument), created };
      const policy: ManagedPolicy = {
        name,
        path,
        id: uniqueId('ANPA'),
        arn: `arn:aws:iam::${accountId}:policy${path}${name}`,
        description: input.Description,
        created,
        updated: created,
        tags: taggedWith(noTags, input.Tags),
        versions: new Map([[version.id, version]]),
        defaultVersion: version,
        versionCount: 1,
      };
      if (policies.all().some((other) => other.name.toLowerCase() === name.toLowerCase())) {
        throw alreadyExists(`A policy called ${name} already exists. Duplicate names are not allowed.`);
      }
      policies.add(policy);
      return { Policy: describe(policy) };
    },
    GetPolicy: ({ PolicyArn }) => ({ Policy: describe(policies.read(PolicyArn)) }),
    ListPolicies: (input) => {
      const all = [
        ...(input.Scope === 'Local' ? [] : policies.allOfAws()),
        ...(input.Scope === 'AWS' ? [] : policies.all()),
      ];
      const found = all.filter(
        (policy) =>
          policy.path.startsWith(input.PathPrefix ?? '/') && (!input.OnlyAttached || usageOf(policy).attachments > 0),
      );
      const { items, ...position } = pageOf(found, ({ arn }) => arn, input);
      const listed = items.map((policy) => {
        const { Description: _description, Tags: _tags, ...shown } = describe(policy);
        return shown;
      });
      return { Policies: listed, ...position };
    },
    DeletePolicy: ({ PolicyArn }) => {
      const policy = policies.get(PolicyArn);
      const { attachments, boundaries } = usageOf(policy);
      if (attachments + boundaries > 0) {
        throw deleteConflict('Cannot delete a policy attached to entities.');
      }
      if (policy.versions.size > 1) {
        throw deleteConflict(
          "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
        );
      }
      policies.remove(policy);
      return {};
    },
    ListEntitiesForPolicy: (input) => {
      const arn = policies.check(input.PolicyArn);
      const isWanted = (kind: iam.EntityType) => input.EntityFilter === undefined || input.EntityFilter === kind;
      const uses = ({ attachedPolicies, permissionsBoundary, path }: Entity): boolean =>
        (input.PolicyUsageFilter === 'PermissionsBoundary' ? permissionsBoundary === arn : attachedPolicies.has(arn)) &&
        path.startsWith(input.PathPrefix ?? '/');
      const found = [
        ...(isWanted('Group') ? groups.all().map((entity) => ({ kind: 'Group' as const, entity })) : []),
        ...(isWanted('Role') ? roles.all().map((entity) => ({ kind: 'Role' as const, entity })) : []),
        ...(isWanted('User') ? users.all().map((entity) => ({ kind: 'User' as const, entity })) : []),
      ].filter(({ entity }) => uses(entity));
      const { items, ...position } = pageOf(found, ({ kind, entity }) => `${kind}/${entity.name}`, input);
      const ofKind = (kind: iam.EntityType) => items.filter((one) => one.kind === kind).map(({ entity }) => entity);
      return {
        PolicyGroups: ofKind('Group').map(({ name, id }) => ({ GroupName: name, GroupId: id })),
        PolicyRoles: ofKind('Role').map(({ name, id }) => ({ RoleName: name, RoleId: id })),
        PolicyUsers: ofKind('User').map(({ name, id }) => ({ UserName: name, UserId: id })),
        ...position,
      };
    },
  } satisfies Handlers<typeof iam>;
}

/** @throws MalformedPolicyDocument, LimitExceeded (6,144 characters) */
export function checkManagedDocument(text = ''): string {
  parseIdentityPolicy(text);
  if (policySize(text) > sizeLimit) {
    throw limitExceeded(`Cannot exceed quota for PolicySize: ${sizeLimit}`);
  }
  return text;
}

import type * as iam from '@aws-sdk/client-iam';
import type { Handlers } from '../../wire/operation.ts';
import { noTags } from '../../wire/tags.ts';
import { alreadyExists, deleteConflict, limitExceeded } from './errors.ts';
import { describePolicy, type ManagedPolicies, type ManagedPolicy, type PolicyVersion } from './managed-policy.ts';
import { checkName, checkPath, uniqueId } from './name.ts';
import { pageOf } from './paging.ts';
import { parseIdentityPolicy, policySize } from './policy-document.ts';
import type { Roles } from './role.ts';
import { taggedWith } from './tag-operations.ts';

const sizeLimit = 6144;

/** The managed policies of an account, and those of AWS that CDK and its users commonly name, which can be read. */
export function managedPolicyOperations(accountId: string, policies: ManagedPolicies, roles: Roles) {
  const usageOf = ({ arn }: ManagedPolicy) => ({
    attachments: roles.all().filter(({ attachedPolicies }) => attachedPolicies.has(arn)).length,
    boundaries: roles.all().filter(({ permissionsBoundary }) => permissionsBoundary === arn).length,
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
      const ofRoles = input.EntityFilter === undefined || input.EntityFilter === 'Role';
      const found = roles.all().filter(({ attachedPolicies, permissionsBoundary, path }) => {
        const used =
          input.PolicyUsageFilter === 'PermissionsBoundary' ? permissionsBoundary === arn : attachedPolicies.has(arn);
        return ofRoles && used && path.startsWith(input.PathPrefix ?? '/');
      });
      const { items, ...position } = pageOf(found, ({ name }) => name, input);
      const PolicyRoles = items.map(({ name, id }) => ({ RoleName: name, RoleId: id }));
      return { PolicyGroups: [], PolicyUsers: [], PolicyRoles, ...position };
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

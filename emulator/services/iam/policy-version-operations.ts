import type * as iam from '@aws-sdk/client-iam';
import type { Handlers } from '../../wire/operation.ts';
import { deleteConflict, limitExceeded, noSuchEntity } from './errors.ts';
import type { ManagedPolicies, ManagedPolicy, PolicyVersion } from './managed-policy.ts';
import { checkManagedDocument } from './managed-policy-operations.ts';
import { pageOf } from './paging.ts';
import { encodeDocument } from './policy-document.ts';

const versionLimit = 5;

/** The versions of managed policies: one of up to five is in force. Source: "Versioning IAM policies". */
export function policyVersionOperations(policies: ManagedPolicies) {
  return {
    CreatePolicyVersion: ({ PolicyArn, PolicyDocument, SetAsDefault }) => {
      const policy = policies.get(PolicyArn);
      const document = checkManagedDocument(PolicyDocument);
      if (policy.versions.size >= versionLimit) {
        throw limitExceeded(
          `A managed policy can have up to ${versionLimit} versions. Before you create a new version, you must delete an existing version.`,
        );
      }
      policy.versionCount++;
      const version: PolicyVersion = { id: `v${policy.versionCount}`, document, created: new Date() };
      policy.versions.set(version.id, version);
      if (SetAsDefault) {
        putInForce(policy, version);
      }
      return { PolicyVersion: describe(policy, version) };
    },
    GetPolicyVersion: ({ PolicyArn, VersionId }) => {
      const policy = policies.read(PolicyArn);
      const version = versionOf(policy, VersionId);
      return { PolicyVersion: { ...describe(policy, version), Document: encodeDocument(version.document) } };
    },
    ListPolicyVersions: (input) => {
      const policy = policies.read(input.PolicyArn);
      const newestFirst = [...policy.versions.values()].reverse();
      const { items, ...position } = pageOf(newestFirst, ({ id }) => id, input);
      return { Versions: items.map((version) => describe(policy, version)), ...position };
    },
    SetDefaultPolicyVersion: ({ PolicyArn, VersionId }) => {
      const policy = policies.get(PolicyArn);
      putInForce(policy, versionOf(policy, VersionId));
      return {};
    },
    DeletePolicyVersion: ({ PolicyArn, VersionId }) => {
      const policy = policies.get(PolicyArn);
      const version = versionOf(policy, VersionId);
      if (version === policy.defaultVersion) {
        throw deleteConflict('Cannot delete the default version of a policy.');
      }
      policy.versions.delete(version.id);
      return {};
    },
  } satisfies Handlers<typeof iam>;
}

function versionOf(policy: ManagedPolicy, id = ''): PolicyVersion {
  const version = policy.versions.get(id);
  if (!version) {
    throw noSuchEntity(`Policy ${policy.arn} version ${id} does not exist or is not attachable.`);
  }
  return version;
}

function putInForce(policy: ManagedPolicy, version: PolicyVersion): void {
  policy.defaultVersion = version;
  policy.updated = new Date();
}

function describe(policy: ManagedPolicy, version: PolicyVersion): iam.PolicyVersion {
  return {
    VersionId: version.id,
    IsDefaultVersion: version === policy.defaultVersion,
    CreateDate: version.created,
  };
}

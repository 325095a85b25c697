import type * as iam from '@aws-sdk/client-iam';
import { listTags, noTags, type Tags } from '../../wire/tags.ts';
import { awsManagedPolicies } from './aws-managed-policies.ts';
import { invalidInput, noSuchEntity } from './errors.ts';
import { uniqueId } from './name.ts';

export interface PolicyVersion {
  /** `v1`, `v2`, ... */
  readonly id: string;
  readonly document: string;
  readonly created: Date;
}

/** A managed policy of the account. */
export interface ManagedPolicy {
  readonly name: string;
  readonly path: string;
  readonly id: string;
  readonly arn: string;
  readonly description: string | undefined;
  readonly created: Date;
  updated: Date;
  tags: Tags;
  /** By id, oldest first. */
  readonly versions: Map<string, PolicyVersion>;
  defaultVersion: PolicyVersion;
  /** Versions made since the beginning; a number is not used again. */
  versionCount: number;
}

/**
 * The managed policies of an account, by ARN.
 * Those of AWS (`arn:aws:iam::aws:policy/...`) can be attached by whatever name; of a few it is known what they say.
 */
export class ManagedPolicies {
  readonly #policies = new Map<string, ManagedPolicy>();

  /** @throws NoSuchEntity */
  get(arn: string | undefined): ManagedPolicy {
    const policy = this.find(arn);
    if (!policy) {
      throw noSuchEntity(`Policy ${arn} was not found.`);
    }
    return policy;
  }

  /** The same to look at: also one of AWS's own, where it is known what it says. @throws NoSuchEntity */
  read(arn = ''): ManagedPolicy {
    return awsPolicies().get(arn) ?? this.get(arn);
  }

  find(arn: string | undefined): ManagedPolicy | undefined {
    return this.#policies.get(arn ?? '');
  }

  /** The ARN of a policy that may be attached. @throws InvalidInput, NoSuchEntity */
  check(arn = ''): string {
    if (!/^arn:aws[a-z-]*:iam::(aws|\d{12}):policy\/[!-~]+$/.test(arn)) {
      throw invalidInput(`ARN ${arn} is not valid.`);
    }
    if (!isAwsManaged(arn)) {
      this.get(arn);
    }
    return arn;
  }

  /** What a policy says, where that is known: of the policies of AWS only some are. */
  documentOf(arn: string): string | undefined {
    return isAwsManaged(arn) ? awsManagedPolicies.get(arn) : this.find(arn)?.defaultVersion.document;
  }

  add(policy: ManagedPolicy): void {
    this.#policies.set(policy.arn, policy);
  }

  remove(policy: ManagedPolicy): void {
    this.#policies.delete(policy.arn);
  }

  all(): ManagedPolicy[] {
    return [...this.#policies.values()].sort((a, b) => a.name.localeCompare(b.name));
  }

  /** Those of AWS that are known. */
  allOfAws(): ManagedPolicy[] {
    return [...awsPolicies().values()].sort((a, b) => a.name.localeCompare(b.name));
  }
}

/** When the policies of AWS were made, as far as this endpoint knows. */
const longAgo = new Date('2015-02-06T18:00:00Z');

/** The known policies of AWS, by ARN; made on the first request. */
const awsPolicies = lazily(
  (): ReadonlyMap<string, ManagedPolicy> =>
    new Map(
      [...awsManagedPolicies].map(([arn, document]) => {
        const path = arn.slice(arn.indexOf('/'), arn.lastIndexOf('/') + 1);
        const version = { id: 'v1', document, created: longAgo };
        const policy: ManagedPolicy = {
          ...{ name: policyNameOf(arn), path, id: uniqueId('ANPA'), arn, description: undefined },
          ...{ created: longAgo, updated: longAgo, tags: noTags, versions: new Map([[version.id, version]]) },
          ...{ defaultVersion: version, versionCount: 1 },
        };
        return [arn, policy];
      }),
    ),
);

function lazily<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

const isAwsManaged = (arn: string): boolean => /^arn:aws[a-z-]*:iam::aws:policy\//.test(arn);

/** The name in a policy's ARN, behind its path. */
export const policyNameOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

/** A policy as the API shows it; listings leave out its description and tags. */
export function describePolicy(
  policy: ManagedPolicy,
  usage: { readonly attachments: number; readonly boundaries: number },
): iam.Policy {
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersion.id,
    AttachmentCount: usage.attachments,
    PermissionsBoundaryUsageCount: usage.boundaries,
    IsAttachable: true,
    CreateDate: policy.created,
    UpdateDate: policy.updated,
    ...(policy.description !== undefined && { Description: policy.description }),
    ...(policy.tags.size > 0 && { Tags: listTags(policy.tags) }),
  };
}

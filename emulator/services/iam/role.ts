import type * as iam from '@aws-sdk/client-iam';
import { listTags, type Tags } from '../../wire/tags.ts';
import { noSuchEntity } from './errors.ts';
import { encodeDocument } from './policy-document.ts';

export interface Role {
  readonly name: string;
  readonly path: string;
  readonly id: string;
  readonly arn: string;
  readonly created: Date;
  trustPolicy: string;
  description: string | undefined;
  /** Seconds. */
  maxSessionDuration: number;
  /** ARN of a managed policy. */
  permissionsBoundary: string | undefined;
  tags: Tags;
  /** Policies that are part of the role, by name. */
  readonly inlinePolicies: Map<string, string>;
  /** ARNs of managed policies. */
  readonly attachedPolicies: Set<string>;
}

/** The roles of an account. Names are unique without regard to case. */
export class Roles {
  readonly #roles = new Map<string, Role>();

  /** @throws NoSuchEntity */
  get(name: string | undefined): Role {
    const role = this.find(name);
    if (!role) {
      throw noSuchEntity(`The role with name ${name} cannot be found.`);
    }
    return role;
  }

  find(name: string | undefined): Role | undefined {
    return this.#roles.get(keyOf(name));
  }

  add(role: Role): void {
    this.#roles.set(keyOf(role.name), role);
  }

  remove(role: Role): void {
    this.#roles.delete(keyOf(role.name));
  }

  all(): Role[] {
    return [...this.#roles.values()].sort((a, b) => a.name.localeCompare(b.name));
  }
}

const keyOf = (name: string | undefined): string => (name ?? '').toLowerCase();

/** A role as the API shows it; listings leave out its tags, boundary and description. */
export function describeRole(role: Role): iam.Role {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: role.created,
    AssumeRolePolicyDocument: encodeDocument(role.trustPolicy),
    MaxSessionDuration: role.maxSessionDuration,
    ...(role.description !== undefined && { Description: role.description }),
    ...(role.permissionsBoundary && {
      PermissionsBoundary: {
        PermissionsBoundaryType: 'PermissionsBoundaryPolicy',
        PermissionsBoundaryArn: role.permissionsBoundary,
      },
    }),
    ...(role.tags.size > 0 && { Tags: listTags(role.tags) }),
  };
}

import type * as iam from '@aws-sdk/client-iam';
import { listTags, type Tags } from '../../wire/tags.ts';
import { noSuchEntity } from './errors.ts';

/** What policies are put into, and attached to. */
export interface PolicyHolder {
  readonly name: string;
  /** Policies that are part of it, by name. */
  readonly inlinePolicies: Map<string, string>;
  /** ARNs of managed policies. */
  readonly attachedPolicies: Set<string>;
}

export interface AccessKey {
  readonly id: string;
  readonly created: Date;
  status: iam.StatusType;
}

export interface User extends PolicyHolder {
  readonly path: string;
  readonly id: string;
  readonly arn: string;
  readonly created: Date;
  /** ARN of a managed policy. */
  permissionsBoundary: string | undefined;
  tags: Tags;
  /** By ID. */
  readonly accessKeys: Map<string, AccessKey>;
}

export interface Group extends PolicyHolder {
  readonly path: string;
  readonly id: string;
  readonly arn: string;
  readonly created: Date;
  readonly users: Set<User>;
}

/** The users, or the groups, of an account. Names are unique without regard to case. */
export class Principals<Principal extends PolicyHolder> {
  readonly #kind: 'user' | 'group';
  readonly #byName = new Map<string, Principal>();

  constructor(kind: 'user' | 'group') {
    this.#kind = kind;
  }

  /** @throws NoSuchEntity */
  get(name: string | undefined): Principal {
    const found = this.find(name);
    if (!found) {
      throw noSuchEntity(`The ${this.#kind} with name ${name} cannot be found.`);
    }
    return found;
  }

  find(name: string | undefined): Principal | undefined {
    return this.#byName.get((name ?? '').toLowerCase());
  }

  add(principal: Principal): void {
    this.#byName.set(principal.name.toLowerCase(), principal);
  }

  remove({ name }: Principal): void {
    this.#byName.delete(name.toLowerCase());
  }

  all(): Principal[] {
    return [...this.#byName.values()].sort((a, b) => a.name.localeCompare(b.name));
  }
}

/** A user as the API shows it; listings leave out its tags and boundary. */
export const describeUser = ({ path, name, id, arn, created, permissionsBoundary, tags }: User): iam.User => ({
  Path: path,
  UserName: name,
  UserId: id,
  Arn: arn,
  CreateDate: created,
  ...(permissionsBoundary && {
    PermissionsBoundary: {
      PermissionsBoundaryType: 'PermissionsBoundaryPolicy',
      PermissionsBoundaryArn: permissionsBoundary,
    },
  }),
  ...(tags.size > 0 && { Tags: listTags(tags) }),
});

export const describeGroup = ({ path, name, id, arn, created }: Group): iam.Group => ({
  Path: path,
  GroupName: name,
  GroupId: id,
  Arn: arn,
  CreateDate: created,
});

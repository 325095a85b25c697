import { randomBytes } from 'node:crypto';
import type * as iam from '@aws-sdk/client-iam';
import type { Handlers } from '../../wire/operation.ts';
import { noTags } from '../../wire/tags.ts';
import { alreadyExists, deleteConflict, limitExceeded, noSuchEntity } from './errors.ts';
import { heldPolicies } from './held-policies.ts';
import type { ManagedPolicies } from './managed-policy.ts';
import { checkName, checkPath, uniqueId } from './name.ts';
import { pageOf } from './paging.ts';
import { type AccessKey, describeUser, type Group, type Principals, type User } from './principal.ts';
import { taggedWith } from './tag-operations.ts';

const mostKeys = 2;

/** Users, with their policies and access keys. What a user may do is kept, and not enforced. */
export function userOperations(
  accountId: string,
  users: Principals<User>,
  groups: Principals<Group>,
  policies: ManagedPolicies,
) {
  const held = heldPolicies('user', policies);
  const keyOf = (user: User, id = ''): AccessKey => {
    const key = user.accessKeys.get(id);
    if (!key) {
      throw noSuchEntity(`The Access Key with id ${id} cannot be found.`);
    }
    return key;
  };
  return {
    CreateUser: ({ UserName, Path, PermissionsBoundary, Tags }) => {
      const name = checkName('userName', UserName, 64);
      const path = checkPath(Path);
      if (users.find(name)) {
        throw alreadyExists(`User with name ${name} already exists.`);
      }
      const user: User = {
        ...{ name, path, id: uniqueId('AIDA'), arn: `arn:aws:iam::${accountId}:user${path}${name}` },
        created: new Date(),
        permissionsBoundary: PermissionsBoundary && policies.check(PermissionsBoundary),
        tags: taggedWith(noTags, Tags),
        ...{ inlinePolicies: new Map(), attachedPolicies: new Set(), accessKeys: new Map() },
      };
      users.add(user);
      return { User: describeUser(user) };
    },
    GetUser: ({ UserName }) => ({ User: describeUser(users.get(UserName)) }),
    ListUsers: (input) => {
      const found = users.all().filter(({ path }) => path.startsWith(input.PathPrefix ?? '/'));
      const { items, ...position } = pageOf(found, ({ name }) => name, input);
      const listed = items.map((user) => {
        const { Tags: _tags, PermissionsBoundary: _boundary, ...shown } = describeUser(user);
        return shown;
      });
      return { Users: listed, ...position };
    },
    DeleteUser: ({ UserName }) => {
      const user = users.get(UserName);
      if (user.attachedPolicies.size > 0) {
        throw deleteConflict('Cannot delete entity, must detach all policies first.');
      }
      if (user.inlinePolicies.size > 0) {
        throw deleteConflict('Cannot delete entity, must delete policies first.');
      }
      if (user.accessKeys.size > 0) {
        throw deleteConflict('Cannot delete entity, must delete access keys first.');
      }
      if (groups.all().some((group) => group.users.has(user))) {
        throw deleteConflict('Cannot delete entity, must remove users from group first.');
      }
      users.remove(user);
      return {};
    },
    PutUserPermissionsBoundary: ({ UserName, PermissionsBoundary }) => {
      users.get(UserName).permissionsBoundary = policies.check(PermissionsBoundary);
      return {};
    },
    DeleteUserPermissionsBoundary: ({ UserName }) => {
      users.get(UserName).permissionsBoundary = undefined;
      return {};
    },

    PutUserPolicy: ({ UserName, PolicyName, PolicyDocument }) =>
      held.put(users.get(UserName), PolicyName, PolicyDocument),
    GetUserPolicy: ({ UserName, PolicyName }) => {
      const user = users.get(UserName);
      return { UserName: user.name, ...held.get(user, PolicyName) };
    },
    ListUserPolicies: (input) => held.list(users.get(input.UserName), input),
    DeleteUserPolicy: ({ UserName, PolicyName }) => held.delete(users.get(UserName), PolicyName),
    AttachUserPolicy: ({ UserName, PolicyArn }) => held.attach(users.get(UserName), PolicyArn),
    DetachUserPolicy: ({ UserName, PolicyArn }) => held.detach(users.get(UserName), PolicyArn),
    ListAttachedUserPolicies: (input) => held.listAttached(users.get(input.UserName), input),

    CreateAccessKey: ({ UserName }) => {
      const user = users.get(UserName);
      if (user.accessKeys.size >= mostKeys) {
        throw limitExceeded(`Cannot exceed quota for AccessKeysPerUser: ${mostKeys}`);
      }
      const key: AccessKey = { id: uniqueId('AKIA').slice(0, 20), created: new Date(), status: 'Active' };
      user.accessKeys.set(key.id, key);
      const SecretAccessKey = randomBytes(30).toString('base64');
      return { AccessKey: { ...describeKey(user, key), SecretAccessKey } };
    },
    ListAccessKeys: (input) => {
      const user = users.get(input.UserName);
      const { items, ...position } = pageOf([...user.accessKeys.values()], ({ id }) => id, input);
      return { AccessKeyMetadata: items.map((key) => describeKey(user, key)), ...position };
    },
    UpdateAccessKey: ({ UserName, AccessKeyId, Status = 'Active' }) => {
      keyOf(users.get(UserName), AccessKeyId).status = Status;
      return {};
    },
    DeleteAccessKey: ({ UserName, AccessKeyId }) => {
      const user = users.get(UserName);
      user.accessKeys.delete(keyOf(user, AccessKeyId).id);
      return {};
    },
  } satisfies Handlers<typeof iam>;
}

const describeKey = ({ name }: User, { id, status, created }: AccessKey) => ({
  UserName: name,
  AccessKeyId: id,
  Status: status,
  CreateDate: created,
});

import type * as iam from '@aws-sdk/client-iam';
import type { Handlers } from '../../wire/operation.ts';
import { alreadyExists, deleteConflict } from './errors.ts';
import { heldPolicies } from './held-policies.ts';
import type { ManagedPolicies } from './managed-policy.ts';
import { checkName, checkPath, uniqueId } from './name.ts';
import { pageOf } from './paging.ts';
import { describeGroup, describeUser, type Group, type Principals, type User } from './principal.ts';

/** Groups of users, with their policies. */
export function groupOperations(
  accountId: string,
  groups: Principals<Group>,
  users: Principals<User>,
  policies: ManagedPolicies,
) {
  const held = heldPolicies('group', policies);
  return {
    CreateGroup: ({ GroupName, Path }) => {
      const name = checkName('groupName', GroupName, 128);
      const path = checkPath(Path);
      if (groups.find(name)) {
        throw alreadyExists(`Group with name ${name} already exists.`);
      }
      const group: Group = {
        ...{ name, path, id: uniqueId('AGPA'), arn: `arn:aws:iam::${accountId}:group${path}${name}` },
        ...{ created: new Date(), users: new Set(), inlinePolicies: new Map(), attachedPolicies: new Set() },
      };
      groups.add(group);
      return { Group: describeGroup(group) };
    },
    GetGroup: (input) => {
      const group = groups.get(input.GroupName);
      const { items, ...position } = pageOf([...group.users], ({ name }) => name, input);
      return { Group: describeGroup(group), Users: items.map(describeUser), ...position };
    },
    ListGroups: (input) => {
      const found = groups.all().filter(({ path }) => path.startsWith(input.PathPrefix ?? '/'));
      const { items, ...position } = pageOf(found, ({ name }) => name, input);
      return { Groups: items.map(describeGroup), ...position };
    },
    ListGroupsForUser: (input) => {
      const user = users.get(input.UserName);
      const found = groups.all().filter((group) => group.users.has(user));
      const { items, ...position } = pageOf(found, ({ name }) => name, input);
      return { Groups: items.map(describeGroup), ...position };
    },
    DeleteGroup: ({ GroupName }) => {
      const group = groups.get(GroupName);
      if (group.users.size > 0) {
        throw deleteConflict('Cannot delete entity, must remove users from group first.');
      }
      if (group.attachedPolicies.size > 0) {
        throw deleteConflict('Cannot delete entity, must detach all policies first.');
      }
      if (group.inlinePolicies.size > 0) {
        throw deleteConflict('Cannot delete entity, must delete policies first.');
      }
      groups.remove(group);
      return {};
    },
    AddUserToGroup: ({ GroupName, UserName }) => {
      groups.get(GroupName).users.add(users.get(UserName));
      return {};
    },
    RemoveUserFromGroup: ({ GroupName, UserName }) => {
      groups.get(GroupName).users.delete(users.get(UserName));
      return {};
    },

    PutGroupPolicy: ({ GroupName, PolicyName, PolicyDocument }) =>
      held.put(groups.get(GroupName), PolicyName, PolicyDocument),
    GetGroupPolicy: ({ GroupName, PolicyName }) => {
      const group = groups.get(GroupName);
      return { GroupName: group.name, ...held.get(group, PolicyName) };
    },
    ListGroupPolicies: (input) => held.list(groups.get(input.GroupName), input),
    DeleteGroupPolicy: ({ GroupName, PolicyName }) => held.delete(groups.get(GroupName), PolicyName),
    AttachGroupPolicy: ({ GroupName, PolicyArn }) => held.attach(groups.get(GroupName), PolicyArn),
    DetachGroupPolicy: ({ GroupName, PolicyArn }) => held.detach(groups.get(GroupName), PolicyArn),
    ListAttachedGroupPolicies: (input) => held.listAttached(groups.get(input.GroupName), input),
  } satisfies Handlers<typeof iam>;
}

import { CreateGroupCommand, CreateUserCommand, UpdateAccessKeyCommand } from '@aws-sdk/client-iam';
import { internalCall } from '../../../../wire/operation.ts';
import type { Properties, ResourceProvider } from '../../provider.ts';
import { apiInput, textOf, textsOf } from '../api-input.ts';
import { complete } from '../completion.ts';
import { unlessGone } from '../gone.ts';
import { isChanged } from '../property-change.ts';
import type { ServiceOperations } from '../service-operations.ts';
import { changeTags, tagList } from '../tags.ts';
import { changePolicies, checkPolicies, policyHolders } from './policy-holders.ts';

/** Source: CloudFormation User Guide, "AWS::IAM::User". `Ref` is its name. A change of its path makes another, unlike on AWS. */
export function iamUser(iam: ServiceOperations['iam']): ResourceProvider {
  const { Users } = policyHolders(iam);
  return {
    type: 'AWS::IAM::User',
    nameProperty: 'UserName',
    properties: {
      Groups: 'in place',
      LoginProfile: 'in place',
      ManagedPolicyArns: 'in place',
      Path: 'replacement',
      PermissionsBoundary: 'in place',
      Policies: 'in place',
      Tags: 'in place',
      UserName: 'replacement',
    },
    recorded: { LoginProfile: 'nobody can log in' },
    create: async (properties, { physicalName }) => {
      const { Path, PermissionsBoundary, Tags } = properties;
      checkPolicies(properties);
      const UserName = textOf(properties['UserName'] ?? physicalName(64), '#/UserName');
      const input = apiInput(CreateUserCommand, { UserName, Path, PermissionsBoundary, Tags: tagList(Tags) });
      const { User } = await iam.CreateUser(input, internalCall());
      await complete(
        () => changeParts(UserName, {}, properties),
        () => remove(UserName, properties),
      );
      return { physicalId: UserName, attributes: { Arn: User?.Arn } };
    },
    update: async (user, properties, previous) => {
      const UserName = user.physicalId;
      if (isChanged(previous, properties, ['PermissionsBoundary'])) {
        const boundary = properties['PermissionsBoundary'];
        if (boundary === undefined) {
          await iam.DeleteUserPermissionsBoundary({ UserName }, internalCall());
        } else {
          const PermissionsBoundary = textOf(boundary, '#/PermissionsBoundary');
          await iam.PutUserPermissionsBoundary({ UserName, PermissionsBoundary }, internalCall());
        }
      }
      await changeParts(UserName, previous, properties);
      await changeTags(previous, properties, {
        set: (tags) => iam.TagUser({ UserName, Tags: listed(tags) }, internalCall()),
        remove: (TagKeys) => iam.UntagUser({ UserName, TagKeys }, internalCall()),
      });
      return user;
    },
    delete: ({ physicalId }, properties) => remove(physicalId, properties),
  };

  async function remove(UserName: string, properties: Properties): Promise<void> {
    await changeParts(UserName, properties, {});
    await unlessGone(() => iam.DeleteUser({ UserName }, internalCall()));
  }

  async function changeParts(UserName: string, previous: Properties, properties: Properties): Promise<void> {
    await changePolicies(Users, UserName, previous, properties);
    const wanted = groupsOf(properties);
    for (const GroupName of groupsOf(previous).filter((group) => !wanted.includes(group))) {
      await unlessGone(() => iam.RemoveUserFromGroup({ GroupName, UserName }, internalCall()));
    }
    for (const GroupName of wanted) {
      await iam.AddUserToGroup({ GroupName, UserName }, internalCall());
    }
  }
}

const groupsOf = ({ Groups }: Properties): string[] => textsOf(Groups, '#/Groups');
const listed = (tags: Readonly<Record<string, string>>) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

/** Source: CloudFormation User Guide, "AWS::IAM::Group". `Ref` is its name. A change of its path makes another, unlike on AWS. */
export function iamGroup(iam: ServiceOperations['iam']): ResourceProvider {
  const { Groups } = policyHolders(iam);
  const remove = async (GroupName: string, properties: Properties) => {
    await changePolicies(Groups, GroupName, properties, {});
    await unlessGone(() => iam.DeleteGroup({ GroupName }, internalCall()));
  };
  return {
    type: 'AWS::IAM::Group',
    nameProperty: 'GroupName',
    properties: {
      GroupName: 'replacement',
      ManagedPolicyArns: 'in place',
      Path: 'replacement',
      Policies: 'in place',
    },
    create: async (properties, { physicalName }) => {
      checkPolicies(properties);
      const GroupName = textOf(properties['GroupName'] ?? physicalName(128), '#/GroupName');
      const input = apiInput(CreateGroupCommand, { GroupName, Path: properties['Path'] });
      const { Group } = await iam.CreateGroup(input, internalCall());
      await complete(
        () => changePolicies(Groups, GroupName, {}, properties),
        () => remove(GroupName, properties),
      );
      return { physicalId: GroupName, attributes: { Arn: Group?.Arn } };
    },
    update: async (group, properties, previous) => {
      await changePolicies(Groups, group.physicalId, previous, properties);
      return group;
    },
    delete: ({ physicalId }, properties) => remove(physicalId, properties),
  };
}

/** Source: CloudFormation User Guide, "AWS::IAM::UserToGroupAddition". */
export function iamUserToGroupAddition(iam: ServiceOperations['iam']): ResourceProvider {
  async function change(previous: Properties, properties: Properties): Promise<void> {
    const [before, wanted] = [membersOf(previous), membersOf(properties)];
    const isIn = (list: typeof before, one: (typeof before)[number]) =>
      list.some(({ GroupName, UserName }) => GroupName === one.GroupName && UserName === one.UserName);
    for (const member of before.filter((one) => !isIn(wanted, one))) {
      await unlessGone(() => iam.RemoveUserFromGroup(member, internalCall()));
    }
    for (const member of wanted) {
      await iam.AddUserToGroup(member, internalCall());
    }
  }
  return {
    type: 'AWS::IAM::UserToGroupAddition',
    properties: { GroupName: 'in place', Users: 'in place' },
    create: async (properties, { physicalName }) => {
      await complete(
        () => change({}, properties),
        () => change(properties, {}),
      );
      const Id = physicalName(128);
      return { physicalId: Id, attributes: { Id } };
    },
    update: async (addition, properties, previous) => {
      await change(previous, properties);
      return addition;
    },
    delete: (_addition, properties) => change(properties, {}),
  };
}

function membersOf({ GroupName, Users }: Properties): { GroupName: string; UserName: string }[] {
  return textsOf(Users, '#/Users').map((UserName) => ({ GroupName: textOf(GroupName, '#/GroupName'), UserName }));
}

/**
 * Source: CloudFormation User Guide, "AWS::IAM::AccessKey". `Ref` is the key's ID. The endpoint takes whatever keys it does not know,
 * and so this one.
 */
export function iamAccessKey(iam: ServiceOperations['iam']): ResourceProvider {
  const userOf = ({ UserName }: Properties): string => textOf(UserName, '#/UserName');
  const setStatus = async (AccessKeyId: string, { Status = 'Active', ...properties }: Properties) => {
    const input = apiInput(UpdateAccessKeyCommand, { UserName: userOf(properties), AccessKeyId, Status });
    await iam.UpdateAccessKey(input, internalCall());
  };
  return {
    type: 'AWS::IAM::AccessKey',
    properties: { Serial: 'replacement', Status: 'in place', UserName: 'replacement' },
    create: async (properties) => {
      const { AccessKey } = await iam.CreateAccessKey({ UserName: userOf(properties) }, internalCall());
      const physicalId = AccessKey?.AccessKeyId ?? '';
      await setStatus(physicalId, properties);
      return { physicalId, attributes: { SecretAccessKey: AccessKey?.SecretAccessKey } };
    },
    update: async (key, properties) => {
      await setStatus(key.physicalId, properties);
      return key;
    },
    delete: ({ physicalId: AccessKeyId }, properties) =>
      unlessGone(() => iam.DeleteAccessKey({ UserName: userOf(properties), AccessKeyId }, internalCall())),
  };
}

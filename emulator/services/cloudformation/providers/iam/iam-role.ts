import { CreateRoleCommand, UpdateRoleCommand } from '@aws-sdk/client-iam';
import { internalCall } from '../../../../wire/operation.ts';
import type { Properties, Resource, ResourceProvider } from '../../provider.ts';
import { apiInput, documentOf, textOf } from '../api-input.ts';
import { complete } from '../completion.ts';
import { ifPresent, unlessGone } from '../gone.ts';
import { isChanged, withDefaults } from '../property-change.ts';
import type { ServiceOperations } from '../service-operations.ts';
import { changeTags, tagList } from '../tags.ts';
import { changePolicies, checkPolicies, policyHolders } from './policy-holders.ts';

/** Source: CloudFormation User Guide, "AWS::IAM::Role". `Ref` is the role's name. */
export function iamRole(iam: ServiceOperations['iam']): ResourceProvider {
  const { Roles } = policyHolders(iam);
  return {
    type: 'AWS::IAM::Role',
    nameProperty: 'RoleName',
    properties: {
      AssumeRolePolicyDocument: 'in place',
      Description: 'in place',
      ManagedPolicyArns: 'in place',
      MaxSessionDuration: 'in place',
      Path: 'replacement',
      PermissionsBoundary: 'in place',
      Policies: 'in place',
      RoleName: 'replacement',
      Tags: 'in place',
    },
    create: async (properties, { physicalName }) => {
      const { ManagedPolicyArns: _arns, Policies: _policies, ...own } = properties;
      // What is malformed is refused before there is a role to take away again.
      checkPolicies(properties);
      const input = apiInput(CreateRoleCommand, {
        ...own,
        RoleName: properties['RoleName'] ?? physicalName(64),
        AssumeRolePolicyDocument: documentOf(properties['AssumeRolePolicyDocument']),
        Tags: tagList(properties['Tags']),
      });
      const { Role } = await iam.CreateRole(input, internalCall());
      const role: Resource = {
        physicalId: Role?.RoleName ?? '',
        attributes: { Arn: Role?.Arn, RoleId: Role?.RoleId },
      };
      return complete(
        async () => {
          await changePolicies(Roles, role.physicalId, {}, properties);
          return role;
        },
        () => remove(role, properties),
      );
    },
    update: async (role, properties, previous) => {
      const RoleName = role.physicalId;
      await changeSettings(RoleName, previous, properties);
      await changePolicies(Roles, RoleName, previous, properties);
      await changeTags(previous, properties, {
        set: (tags) => iam.TagRole({ RoleName, Tags: tagList(tags) }, internalCall()),
        remove: (TagKeys) => iam.UntagRole({ RoleName, TagKeys }, internalCall()),
      });
      return role;
    },
    delete: remove,
    read: ({ physicalId: RoleName }) =>
      ifPresent(async () => {
        const { Role } = await iam.GetRole({ RoleName }, internalCall());
        return {
          AssumeRolePolicyDocument: JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? 'null')),
          Description: Role?.Description,
          MaxSessionDuration: Role?.MaxSessionDuration,
        };
      }),
    identifier: 'RoleName',
    find: (RoleName) =>
      ifPresent(async () => {
        const { Role } = await iam.GetRole({ RoleName }, internalCall());
        return { physicalId: RoleName, attributes: { Arn: Role?.Arn, RoleId: Role?.RoleId } };
      }),
  };

  /** Removes the policies that the template gave the role; others that were attached later keep the role from being deleted. */
  async function remove({ physicalId: RoleName }: Resource, properties: Properties): Promise<void> {
    await changePolicies(Roles, RoleName, properties, {});
    await unlessGone(() => iam.DeleteRole({ RoleName }, internalCall()));
  }

  async function changeSettings(RoleName: string, previous: Properties, properties: Properties): Promise<void> {
    if (isChanged(previous, properties, ['AssumeRolePolicyDocument'])) {
      const PolicyDocument = documentOf(properties['AssumeRolePolicyDocument']);
      await iam.UpdateAssumeRolePolicy({ RoleName, PolicyDocument }, internalCall());
    }
    if (isChanged(previous, properties, ['Description', 'MaxSessionDuration'])) {
      const { Description, MaxSessionDuration } = withDefaults(previous, properties, { Description: '' });
      await iam.UpdateRole(apiInput(UpdateRoleCommand, { RoleName, Description, MaxSessionDuration }), internalCall());
    }
    if (isChanged(previous, properties, ['PermissionsBoundary'])) {
      const boundary = properties['PermissionsBoundary'];
      if (boundary === undefined) {
        await iam.DeleteRolePermissionsBoundary({ RoleName }, internalCall());
      } else {
        const PermissionsBoundary = textOf(boundary, '#/PermissionsBoundary');
        await iam.PutRolePermissionsBoundary({ RoleName, PermissionsBoundary }, internalCall());
      }
    }
  }
}

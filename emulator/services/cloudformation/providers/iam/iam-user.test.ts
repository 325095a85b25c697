import { expect, test } from 'vitest';
import { createIam } from '../../../iam/iam.ts';
import { make, region } from '../provider.fixture.ts';
import { iamManagedPolicy } from './iam-managed-policy.ts';
import { iamPolicy } from './iam-policy.ts';
import { iamAccessKey, iamGroup, iamUser, iamUserToGroupAddition } from './iam-user.ts';

const readOnly = 'arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess';
const policy = (Action: string) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });

test('a user is made with its policies and groups, changed in place, and deleted', async () => {
  const { operations: iam } = createIam(region);
  const bakers = await make(iamGroup(iam), { ManagedPolicyArns: [readOnly] }, 'Bakers');
  const cleaners = await make(iamGroup(iam), {}, 'Cleaners');
  const user = await make(iamUser(iam), {
    Groups: [bakers.physicalId],
    ManagedPolicyArns: [readOnly],
    Policies: [{ PolicyName: 'own', PolicyDocument: policy('sqs:SendMessage') }],
    PermissionsBoundary: readOnly,
    Tags: [{ Key: 'team', Value: 'oven' }],
  });
  const UserName = user.physicalId;
  const groups = () => iam.ListGroupsForUser({ UserName }).Groups.map(({ GroupName }) => GroupName);
  expect(user.attributes).toEqual({ Arn: `arn:aws:iam::000000000000:user/${UserName}` });
  expect(iam.GetUser({ UserName }).User).toMatchObject({
    PermissionsBoundary: { PermissionsBoundaryArn: readOnly },
    Tags: [{ Key: 'team', Value: 'oven' }],
  });
  expect([iam.ListUserPolicies({ UserName }).PolicyNames, groups()]).toEqual([['own'], [bakers.physicalId]]);
  await user.change({ Groups: [cleaners.physicalId] });
  expect([iam.ListUserPolicies({ UserName }).PolicyNames, groups()]).toEqual([[], [cleaners.physicalId]]);
  expect(iam.ListAttachedUserPolicies({ UserName }).AttachedPolicies).toEqual([]);
  expect(iam.GetUser({ UserName }).User.PermissionsBoundary).toBeUndefined();
  await user.change({});
  await user.remove();
  await bakers.remove();
  await cleaners.remove();
  expect([iam.ListUsers({}).Users, iam.ListGroups({}).Groups]).toEqual([[], []]);
});

test('users are added to a group, and policies put into both', async () => {
  const { operations: iam } = createIam(region);
  const group = await make(iamGroup(iam), {}, 'Bakers');
  const user = await make(iamUser(iam), {}, 'Ann');
  const [GroupName, UserName] = [group.physicalId, user.physicalId];
  const addition = await make(iamUserToGroupAddition(iam), { GroupName, Users: [UserName] });
  expect(iam.GetGroup({ GroupName }).Users).toMatchObject([{ UserName }]);
  const holders = { Users: [UserName], Groups: [GroupName] };
  const PolicyDocument = policy('sqs:SendMessage');
  const own = await make(iamPolicy(iam), { PolicyName: 'bake', PolicyDocument, ...holders });
  const managed = await make(iamManagedPolicy(iam), { PolicyDocument, ...holders });
  expect(iam.ListGroupPolicies({ GroupName }).PolicyNames).toEqual(['bake']);
  expect(iam.GetUserPolicy({ UserName, PolicyName: 'bake' })).toMatchObject({ UserName, PolicyName: 'bake' });
  expect(iam.ListEntitiesForPolicy({ PolicyArn: managed.physicalId })).toMatchObject({
    PolicyGroups: [{ GroupName }],
    PolicyUsers: [{ UserName }],
    PolicyRoles: [],
  });
  for (const resource of [managed, own, addition, user, group]) {
    await resource.remove();
  }
  expect([iam.ListUsers({}).Users, iam.ListGroups({}).Groups]).toEqual([[], []]);
});

test('a user has an access key, which can be inactive', async () => {
  const { operations: iam } = createIam(region);
  const user = await make(iamUser(iam), {});
  const UserName = user.physicalId;
  const key = await make(iamAccessKey(iam), { UserName });
  expect(key.physicalId).toMatch(/^AKIA[A-Z0-9]{16}$/);
  expect(key.attributes['SecretAccessKey']).toEqual(expect.any(String));
  await key.change({ UserName, Status: 'Inactive' });
  expect(iam.ListAccessKeys({ UserName }).AccessKeyMetadata).toMatchObject([
    { AccessKeyId: key.physicalId, Status: 'Inactive' },
  ]);
  await key.remove();
  await user.remove();
});

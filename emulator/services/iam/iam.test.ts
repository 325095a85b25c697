import * as iam from '@aws-sdk/client-iam';
import { expect, onTestFinished, test } from 'vitest';
import { serve } from '../../gateway.fixture.ts';
import { createIam } from './iam.ts';

const accountId = '000000000000';
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const bake = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: 'sqs:ReceiveMessage', Resource: 'arn:aws:sqs:*:*:oven (hot)*' },
});

async function overHttp() {
  const { service, permissionsOf } = createIam({ accountId });
  const { configuration } = await serve([service]);
  const client = new iam.IAM(configuration);
  onTestFinished(() => client.destroy());
  return { client, permissionsOf };
}

test('a role is made, described, changed and deleted', async () => {
  const { client } = await overHttp();
  const made = await client.createRole({
    RoleName: 'baker',
    Path: '/factory/',
    AssumeRolePolicyDocument: trust,
    Description: 'bakes',
    Tags: [{ Key: 'team', Value: 'oven' }],
  });
  expect(made.Role).toMatchObject({
    Arn: 'arn:aws:iam::000000000000:role/factory/baker',
    MaxSessionDuration: 3600,
    Tags: [{ Key: 'team', Value: 'oven' }],
  });
  expect(made.Role?.RoleId).toMatch(/^AROA[A-Z2-7]{17}$/);

  await client.updateRole({ RoleName: 'baker', Description: 'bakes more', MaxSessionDuration: 7200 });
  await client.tagRole({ RoleName: 'baker', Tags: [{ Key: 'team', Value: 'mixer' }] });
  const { Role } = await client.getRole({ RoleName: 'baker' });
  expect(Role).toMatchObject({ Description: 'bakes more', MaxSessionDuration: 7200 });
  expect(Role?.Tags).toEqual([{ Key: 'team', Value: 'mixer' }]);
  expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(trust);

  const { Roles } = await client.listRoles({ PathPrefix: '/factory/' });
  expect(Roles?.map(({ RoleName, Tags }) => [RoleName, Tags])).toEqual([['baker', undefined]]);
  await client.deleteRole({ RoleName: 'baker' });
  await expect(client.getRole({ RoleName: 'baker' })).rejects.toBeInstanceOf(iam.NoSuchEntityException);
});

test('a role has policies of its own and managed ones, and is not deleted before they are gone', async () => {
  const { client, permissionsOf } = await overHttp();
  const { Role } = await client.createRole({ RoleName: 'baker', AssumeRolePolicyDocument: trust });
  await client.putRolePolicy({ RoleName: 'baker', PolicyName: 'bake', PolicyDocument: bake });
  const { Policy } = await client.createPolicy({ PolicyName: 'mix', PolicyDocument: bake });
  const PolicyArn = Policy?.Arn ?? '';
  const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
  await client.attachRolePolicy({ RoleName: 'baker', PolicyArn });
  await client.attachRolePolicy({ RoleName: 'baker', PolicyArn: readOnly });

  const { PolicyDocument } = await client.getRolePolicy({ RoleName: 'baker', PolicyName: 'bake' });
  expect(decodeURIComponent(PolicyDocument ?? '')).toBe(bake);
  expect(PolicyDocument).not.toMatch(/[()*]/);
  expect((await client.listAttachedRolePolicies({ RoleName: 'baker' })).AttachedPolicies).toEqual([
    { PolicyName: 'mix', PolicyArn },
    { PolicyName: 'ReadOnlyAccess', PolicyArn: readOnly },
  ]);
  expect((await client.getPolicy({ PolicyArn })).Policy?.AttachmentCount).toBe(1);
  expect(permissionsOf(Role?.Arn ?? '')).toMatchObject({
    trustPolicy: JSON.parse(trust),
    policies: [{ Statement: [{ Action: 'sqs:ReceiveMessage' }] }, { Statement: [{ Action: 'sqs:ReceiveMessage' }] }],
    unknownPolicies: [readOnly],
  });

  await expect(client.deletePolicy({ PolicyArn })).rejects.toBeInstanceOf(iam.DeleteConflictException);
  await expect(client.deleteRole({ RoleName: 'baker' })).rejects.toThrow('must detach all policies first');
  await client.detachRolePolicy({ RoleName: 'baker', PolicyArn });
  await client.detachRolePolicy({ RoleName: 'baker', PolicyArn: readOnly });
  await expect(client.deleteRole({ RoleName: 'baker' })).rejects.toThrow('must delete policies first');
  await client.deleteRolePolicy({ RoleName: 'baker', PolicyName: 'bake' });
  await client.deleteRole({ RoleName: 'baker' });
  await client.deletePolicy({ PolicyArn });
});

test('a managed policy has up to five versions, of which one is in force', async () => {
  const { client } = await overHttp();
  const { Policy } = await client.createPolicy({ PolicyName: 'mix', PolicyDocument: bake });
  const PolicyArn = Policy?.Arn ?? '';
  for (let i = 2; i <= 5; i++) {
    await client.createPolicyVersion({ PolicyArn, PolicyDocument: bake, SetAsDefault: true });
  }
  await expect(client.createPolicyVersion({ PolicyArn, PolicyDocument: bake })).rejects.toBeInstanceOf(
    iam.LimitExceededException,
  );
  await expect(client.deletePolicyVersion({ PolicyArn, VersionId: 'v5' })).rejects.toBeInstanceOf(
    iam.DeleteConflictException,
  );
  await client.deletePolicyVersion({ PolicyArn, VersionId: 'v1' });
  const next = await client.createPolicyVersion({ PolicyArn, PolicyDocument: bake });
  expect(next.PolicyVersion).toMatchObject({ VersionId: 'v6', IsDefaultVersion: false });
  const { Versions } = await client.listPolicyVersions({ PolicyArn });
  expect(Versions?.map(({ VersionId }) => VersionId)).toEqual(['v6', 'v5', 'v4', 'v3', 'v2']);
});

test('listings are cut into pages', async () => {
  const { client } = await overHttp();
  for (const RoleName of ['a', 'b', 'c']) {
    await client.createRole({ RoleName, AssumeRolePolicyDocument: trust });
  }
  const names: unknown[] = [];
  for await (const { Roles } of iam.paginateListRoles({ client, pageSize: 2 }, {})) {
    names.push(Roles?.map(({ RoleName }) => RoleName));
  }
  expect(names).toEqual([['a', 'b'], ['c']]);
});

const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
test.each([
  { name: 'no JSON', policy: '{', message: 'Syntax errors in policy.' },
  { name: 'JSON of another kind', policy: '[]', message: 'Syntax errors in policy.' },
  { name: 'an unknown version', policy: { Version: '2020-01-01', Statement: [statement] }, message: 'valid version' },
  { name: 'no effect', policy: { Statement: [{ ...statement, Effect: undefined }] }, message: 'Effect' },
  { name: 'no action', policy: { Statement: [{ ...statement, Action: undefined }] }, message: 'must contain actions' },
  { name: 'no resource', policy: { Statement: [{ ...statement, Resource: [] }] }, message: 'must contain resources' },
  { name: 'a principal', policy: { Statement: [{ ...statement, Principal: '*' }] }, message: 'specify a principal' },
])('refuses a policy with $name', async ({ policy, message }) => {
  const { client } = await overHttp();
  await client.createRole({ RoleName: 'r', AssumeRolePolicyDocument: trust });
  const PolicyDocument = typeof policy === 'string' ? policy : JSON.stringify(policy);
  const refused = await client
    .putRolePolicy({ RoleName: 'r', PolicyName: 'p', PolicyDocument })
    .catch((error) => error);
  expect(refused).toBeInstanceOf(iam.MalformedPolicyDocumentException);
  expect(refused.message).toContain(message);
});

test.each([
  {
    name: 'an unknown role',
    error: 'NoSuchEntity',
    input: { RoleName: 'nobody', PolicyArn: 'arn:aws:iam::aws:policy/A' },
  },
  {
    name: 'an unknown policy',
    error: 'NoSuchEntity',
    input: { RoleName: 'r', PolicyArn: `arn:aws:iam::${accountId}:policy/A` },
  },
  { name: 'what is no policy', error: 'InvalidInput', input: { RoleName: 'r', PolicyArn: 'AdministratorAccess' } },
])('attaching: $name is $error', async ({ error, input }) => {
  const { client } = await overHttp();
  await client.createRole({ RoleName: 'r', AssumeRolePolicyDocument: trust });
  await expect(client.attachRolePolicy(input)).rejects.toMatchObject({ name: `${error}Exception` });
});

test('names are unique without regard to case', async () => {
  const { client } = await overHttp();
  await client.createRole({ RoleName: 'Baker', AssumeRolePolicyDocument: trust });
  await expect(client.createRole({ RoleName: 'baker', AssumeRolePolicyDocument: trust })).rejects.toBeInstanceOf(
    iam.EntityAlreadyExistsException,
  );
});

test('a policy of AWS that functions are given can be read, and not changed', async () => {
  const { client } = await overHttp();
  const PolicyArn = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
  const { Policy } = await client.getPolicy({ PolicyArn });
  expect(Policy).toMatchObject({
    Arn: PolicyArn,
    Path: '/service-role/',
    PolicyName: 'AWSLambdaBasicExecutionRole',
    DefaultVersionId: 'v1',
  });
  const { PolicyVersion } = await client.getPolicyVersion({ PolicyArn, VersionId: 'v1' });
  expect(decodeURIComponent(PolicyVersion?.Document ?? '')).toContain('logs:PutLogEvents');
  const { Policies = [] } = await client.listPolicies({ Scope: 'AWS' });
  expect(Policies.map(({ PolicyName }) => PolicyName)).toContain('AmazonSQSFullAccess');
  expect((await client.listPolicies({ Scope: 'Local' })).Policies).toEqual([]);
  await expect(client.deletePolicy({ PolicyArn })).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  const unknown = { PolicyArn: 'arn:aws:iam::aws:policy/NoneOfTheirs' };
  await expect(client.getPolicy(unknown)).rejects.toMatchObject({ name: 'NoSuchEntityException' });
});

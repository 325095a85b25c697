import { expect, test } from 'vitest';
import { createIam } from '../../../iam/iam.ts';
import { contextOf, make, region } from '../provider.fixture.ts';
import { iamManagedPolicy } from './iam-managed-policy.ts';
import { iamPolicy } from './iam-policy.ts';
import { iamRole } from './iam-role.ts';

const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const policy = (Action: string) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const basic = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';

function start() {
  const { operations, permissionsOf } = createIam(region);
  const actions = (arn: unknown) =>
    permissionsOf(String(arn))?.policies.flatMap(({ Statement }) => Statement.map(({ Action }) => Action));
  return { iam: operations, permissionsOf, actions };
}

test('AWS::IAM::Role: its settings and policies are made, changed in place and deleted', async () => {
  const { iam, permissionsOf, actions } = start();
  const role = await make(iamRole(iam), {
    AssumeRolePolicyDocument: trust,
    Description: 'bakes',
    MaxSessionDuration: '7200',
    ManagedPolicyArns: [readOnly],
    Policies: [
      { PolicyName: 'a', PolicyDocument: policy('sqs:SendMessage') },
      { PolicyName: 'b', PolicyDocument: policy('sqs:DeleteMessage') },
    ],
    Tags: [{ Key: 'team', Value: 'oven' }],
  });
  expect(role.physicalId).toMatch(/^Factory-Thing-[A-Z0-9]{12}$/);
  const { Arn } = role.attributes;
  expect(role.attributes).toEqual({
    Arn: `arn:aws:iam::000000000000:role/${role.physicalId}`,
    RoleId: expect.stringMatching(/^AROA/),
  });
  expect(actions(Arn)).toEqual(['sqs:SendMessage', 'sqs:DeleteMessage']);
  expect(permissionsOf(String(Arn))?.unknownPolicies).toEqual([readOnly]);

  await role.change({
    AssumeRolePolicyDocument: { ...trust, Id: 'new' },
    ManagedPolicyArns: [basic],
    Policies: [{ PolicyName: 'b', PolicyDocument: policy('sqs:ReceiveMessage') }],
    PermissionsBoundary: readOnly,
  });
  expect(actions(Arn)).toContain('sqs:ReceiveMessage');
  expect(actions(Arn)).not.toContain('sqs:SendMessage');
  expect(permissionsOf(String(Arn))).toMatchObject({ trustPolicy: { Id: 'new' }, unknownPolicies: [readOnly] });
  const { Role } = iam.GetRole({ RoleName: role.physicalId });
  expect(Role).toMatchObject({ MaxSessionDuration: 3600, Description: '' });
  expect(Role.Tags).toBeUndefined();
  await role.remove();
  expect(permissionsOf(String(Arn))).toBeUndefined();
});

test('AWS::IAM::Role: one whose policies are refused leaves nothing behind', async () => {
  const { iam } = start();
  const properties = {
    AssumeRolePolicyDocument: trust,
    ManagedPolicyArns: [readOnly],
    Policies: [
      { PolicyName: 'a', PolicyDocument: { Statement: [] } },
      { PolicyName: 'b', PolicyDocument: {} },
    ],
  };
  await expect(iamRole(iam).create(properties, contextOf('AWS::IAM::Role'))).rejects.toThrow('Syntax errors');
  expect(iam.ListRoles({}).Roles).toEqual([]);
});

test('AWS::IAM::Policy: moves from role to role, and to another name', async () => {
  const { iam, actions } = start();
  const [one, two] = [
    await make(iamRole(iam), { AssumeRolePolicyDocument: trust }, 'One'),
    await make(iamRole(iam), { AssumeRolePolicyDocument: trust }, 'Two'),
  ];
  const granted = () => [actions(one.attributes['Arn']), actions(two.attributes['Arn'])];
  const properties = { PolicyName: 'bake', PolicyDocument: policy('sqs:SendMessage'), Roles: [one.physicalId] };
  const granting = await make(iamPolicy(iam), properties);
  expect(granting.physicalId).toBe('bake');
  expect(granted()).toEqual([['sqs:SendMessage'], []]);
  await granting.change({ ...properties, PolicyDocument: policy('sqs:*'), Roles: [two.physicalId] });
  expect(granted()).toEqual([[], ['sqs:*']]);

  const renamed = await granting.change({ ...properties, PolicyName: 'bake-more', Roles: [two.physicalId] });
  expect(renamed.physicalId).toBe('bake-more');
  await granting.remove();
  await iamPolicy(iam).delete(granting, { ...properties, Roles: [two.physicalId] }, contextOf('AWS::IAM::Policy'));
  expect(granted()).toEqual([[], []]);
});

test('AWS::IAM::ManagedPolicy: a new document is a new version, however often; roles come and go', async () => {
  const { iam, actions } = start();
  const role = await make(iamRole(iam), { AssumeRolePolicyDocument: trust });
  const managed = await make(iamManagedPolicy(iam), {
    PolicyDocument: policy('sqs:SendMessage'),
    Path: '/factory/',
    Roles: [role.physicalId],
  });
  const PolicyArn = managed.physicalId;
  expect(PolicyArn).toMatch(/^arn:aws:iam::000000000000:policy\/factory\/Factory-Thing-/);
  expect(actions(role.attributes['Arn'])).toEqual(['sqs:SendMessage']);
  for (let i = 0; i < 6; i++) {
    await managed.change({ PolicyDocument: policy(`sqs:Action${i}`), Path: '/factory/', Roles: [role.physicalId] });
  }
  expect(actions(role.attributes['Arn'])).toEqual(['sqs:Action5']);
  await managed.change({ PolicyDocument: policy('sqs:Action5'), Path: '/factory/' });
  expect(actions(role.attributes['Arn'])).toEqual([]);
  await managed.remove();
  expect(() => iam.GetPolicy({ PolicyArn })).toThrow('was not found');
});

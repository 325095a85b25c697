import * as iam from '@aws-sdk/client-iam';
import { expect, onTestFinished, test } from 'vitest';
import { serve } from '../../gateway.fixture.ts';
import { createIam } from './iam.ts';

async function connect() {
  const { configuration } = await serve([createIam({ accountId: '000000000000' }).service]);
  const client = new iam.IAM(configuration);
  onTestFinished(() => client.destroy());
  return client;
}

const bake = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: 'sqs:ReceiveMessage', Resource: '*' },
});
const PolicyArn = 'arn:aws:iam::aws:policy/AmazonSQSFullAccess';

test('a user is made once, described, listed by its path, and tagged', async () => {
  const client = await connect();
  const { User } = await client.createUser({ UserName: 'ann', Path: '/bakers/' });
  expect(User).toMatchObject({ Arn: 'arn:aws:iam::000000000000:user/bakers/ann', UserName: 'ann' });
  expect(User?.UserId).toMatch(/^AIDA[A-Z2-7]{17}$/);
  await expect(client.createUser({ UserName: 'Ann' })).rejects.toMatchObject({ name: 'EntityAlreadyExistsException' });
  await client.tagUser({ UserName: 'ann', Tags: [{ Key: 'team', Value: 'oven' }] });
  expect((await client.listUserTags({ UserName: 'ann' })).Tags).toEqual([{ Key: 'team', Value: 'oven' }]);
  expect((await client.listUsers({ PathPrefix: '/bakers/' })).Users).toHaveLength(1);
  expect((await client.listUsers({ PathPrefix: '/others/' })).Users).toEqual([]);
  await expect(client.getUser({ UserName: 'eve' })).rejects.toMatchObject({ name: 'NoSuchEntityException' });
});

test.each<[string, (client: iam.IAM) => Promise<unknown>, (client: iam.IAM) => Promise<unknown>]>([
  [
    'a policy of its own',
    (client) => client.putUserPolicy({ UserName: 'ann', PolicyName: 'p', PolicyDocument: bake }),
    (client) => client.deleteUserPolicy({ UserName: 'ann', PolicyName: 'p' }),
  ],
  [
    'a policy that is attached',
    (client) => client.attachUserPolicy({ UserName: 'ann', PolicyArn }),
    (client) => client.detachUserPolicy({ UserName: 'ann', PolicyArn }),
  ],
  [
    'a group',
    (client) => client.addUserToGroup({ UserName: 'ann', GroupName: 'bakers' }),
    (client) => client.removeUserFromGroup({ UserName: 'ann', GroupName: 'bakers' }),
  ],
])('a user that has %s is not deleted', async (_what, give, take) => {
  const client = await connect();
  await client.createUser({ UserName: 'ann' });
  await client.createGroup({ GroupName: 'bakers' });
  await give(client);
  await expect(client.deleteUser({ UserName: 'ann' })).rejects.toMatchObject({ name: 'DeleteConflictException' });
  await take(client);
  await client.deleteUser({ UserName: 'ann' });
  await client.deleteGroup({ GroupName: 'bakers' });
});

test('a group with users or policies is not deleted', async () => {
  const client = await connect();
  const GroupName = 'bakers';
  await client.createUser({ UserName: 'ann' });
  await client.createGroup({ GroupName });
  await client.addUserToGroup({ GroupName, UserName: 'ann' });
  const refused = expect.objectContaining({ name: 'DeleteConflictException' });
  await expect(client.deleteGroup({ GroupName })).rejects.toEqual(refused);
  await client.removeUserFromGroup({ GroupName, UserName: 'ann' });
  await client.attachGroupPolicy({ GroupName, PolicyArn });
  await expect(client.deleteGroup({ GroupName })).rejects.toEqual(refused);
  await client.detachGroupPolicy({ GroupName, PolicyArn });
  await client.putGroupPolicy({ GroupName, PolicyName: 'p', PolicyDocument: bake });
  await expect(client.deleteGroup({ GroupName })).rejects.toEqual(refused);
});

test('a user has two access keys at the most', async () => {
  const client = await connect();
  await client.createUser({ UserName: 'ann' });
  const { AccessKey } = await client.createAccessKey({ UserName: 'ann' });
  expect(AccessKey).toMatchObject({ Status: 'Active', SecretAccessKey: expect.any(String) });
  await client.createAccessKey({ UserName: 'ann' });
  await expect(client.createAccessKey({ UserName: 'ann' })).rejects.toMatchObject({ name: 'LimitExceededException' });
  await client.deleteAccessKey({ UserName: 'ann', AccessKeyId: AccessKey?.AccessKeyId });
  expect((await client.listAccessKeys({ UserName: 'ann' })).AccessKeyMetadata).toHaveLength(1);
});

import * as sts from '@aws-sdk/client-sts';
import { expect, onTestFinished, test } from 'vitest';
import { serve } from '../../gateway.fixture.ts';
import { AccessKeys } from '../../wire/authentication/access-keys.ts';
import { createSts } from './sts.ts';

const root = { Account: '000000000000', Arn: 'arn:aws:iam::000000000000:root', UserId: '000000000000' };

async function start() {
  const accessKeys = new AccessKeys('000000000000', { known: 'secret' });
  const { configuration } = await serve([createSts(accessKeys).service], { accessKeys });
  return (credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }): sts.STS => {
    const client = new sts.STS({ ...configuration, credentials });
    onTestFinished(() => client.destroy());
    return client;
  };
}

const client = async () => (await start())({ accessKeyId: 'known', secretAccessKey: 'secret' });

test('a key that the endpoint was started with is the root of the account', async () => {
  expect(await (await client()).getCallerIdentity({})).toMatchObject(root);
});

test('keys of a session are its caller, with their token and until they expire', async () => {
  const as = await start();
  const { Credentials, AssumedRoleUser } = await as({
    accessKeyId: 'known',
    secretAccessKey: 'secret',
  }).assumeRole({
    RoleArn: 'arn:aws:iam::000000000000:role/night/baker',
    RoleSessionName: 'shift',
  });
  const { AccessKeyId: accessKeyId = '', SecretAccessKey: secretAccessKey = '' } = Credentials ?? {};
  const sessionToken = Credentials?.SessionToken ?? '';
  const keys = { accessKeyId, secretAccessKey };
  expect(await as({ ...keys, sessionToken }).getCallerIdentity({})).toMatchObject({
    Account: '000000000000',
    Arn: 'arn:aws:sts::000000000000:assumed-role/baker/shift',
    UserId: AssumedRoleUser?.AssumedRoleId,
  });
  for (const [wrong, name] of [
    [{ ...keys, secretAccessKey: 'other', sessionToken }, 'SignatureDoesNotMatch'],
    [{ ...keys, sessionToken: 'other' }, 'InvalidClientTokenId'],
    [keys, 'InvalidClientTokenId'],
  ] as const) {
    const refused = await as(wrong)
      .getCallerIdentity({})
      .catch((error) => error);
    expect([refused.name, refused.$metadata.httpStatusCode]).toEqual([name, 403]);
  }
});

test.each([
  { more: { RoleArn: 'baker' }, says: 'baker is invalid' },
  { more: { RoleSessionName: '{}' }, says: 'roleSessionName' },
  { more: { DurationSeconds: 899 }, says: 'durationSeconds' },
  { more: { DurationSeconds: -1e308 }, says: 'durationSeconds' },
])('AssumeRole with $more is refused', async ({ more, says }) => {
  const input = { RoleArn: 'arn:aws:iam::000000000000:role/r', RoleSessionName: 'cdk', ...more };
  const refused = await (await client()).assumeRole(input).catch((error) => error);
  expect([refused.$metadata.httpStatusCode, refused.message]).toEqual([400, expect.stringContaining(says)]);
});

test.each([
  { role: 'cookie', path: 'role/cookie', seconds: undefined, lasts: 3600 },
  { role: 'cookie', path: 'role/bakery/night/cookie', seconds: 900, lasts: 900 },
])('AssumeRole of $path gives keys for $lasts s', async ({ role, path, seconds, lasts }) => {
  const before = Date.now();
  const answer = await (await client()).assumeRole({
    RoleArn: `arn:aws:iam::000000000000:${path}`,
    RoleSessionName: 'cdk',
    ...(seconds && { DurationSeconds: seconds }),
  });
  expect(answer.AssumedRoleUser).toEqual({
    AssumedRoleId: expect.stringMatching(/^AROA[0-9A-F]{16}:cdk$/),
    Arn: `arn:aws:sts::000000000000:assumed-role/${role}/cdk`,
  });
  expect(answer.Credentials).toMatchObject({
    AccessKeyId: expect.stringMatching(/^ASIA[0-9A-F]{16}$/),
    SecretAccessKey: expect.any(String),
    SessionToken: expect.any(String),
  });
  const expires = answer.Credentials?.Expiration?.getTime() ?? 0;
  // The query protocol carries whole seconds.
  expect(expires).toBeGreaterThanOrEqual(before + (lasts - 1) * 1000);
  expect(expires).toBeLessThanOrEqual(Date.now() + lasts * 1000);
});

test('AssumeRole without a role is refused', async () => {
  const refused = (await client()).assumeRole({ RoleArn: undefined as unknown as string, RoleSessionName: 'cdk' });
  await expect(refused).rejects.toMatchObject({ name: 'ValidationException' });
});

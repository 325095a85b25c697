import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import * as sts from '@aws-sdk/client-sts';
import { expect, onTestFinished, test } from 'vitest';
import { createGateway } from '../../gateway.ts';
import type { Region } from '../../wire/operation.ts';
import { createSts } from './sts.ts';

const region: Region = { accountId: '000000000000', name: 'us-east-1', endpoint: 'http://127.0.0.1:4566' };

async function client(): Promise<sts.STS> {
  const services = new Map([['sts', createSts(region).service]]);
  const gateway = createGateway({ services: async () => services, pages: [] });
  gateway.listen(0, '127.0.0.1');
  await once(gateway, 'listening');
  onTestFinished(() => {
    gateway.close();
    gateway.closeAllConnections();
  });
  return new sts.STS({
    endpoint: `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test-factory', secretAccessKey: 'x' },
    maxAttempts: 1,
  });
}

test('a caller is who the access key says', async () => {
  expect(await (await client()).getCallerIdentity({})).toMatchObject({
    Account: '000000000000',
    Arn: 'arn:aws:iam::000000000000:user/test-factory',
    UserId: 'test-factory',
  });
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

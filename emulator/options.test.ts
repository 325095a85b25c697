import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import * as entry from 'embedded-aws';
import { expect, onTestFinished, test, vi } from 'vitest';
import * as face from './index.ts';
import { startEmulator } from './index.ts';

test('the account and the region are what was asked for, and clients find them in the environment', async () => {
  const emulator = await startEmulator({ port: 0, accountId: '111122223333', region: 'eu-west-3' });
  onTestFinished(() => emulator.close());
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  for (const [name, value] of Object.entries(emulator.environment)) {
    vi.stubEnv(name, value);
  }
  const client = new STSClient();
  expect(await client.config.region()).toBe('eu-west-3');
  expect(await client.send(new GetCallerIdentityCommand())).toMatchObject({
    Account: '111122223333',
    Arn: 'arn:aws:iam::111122223333:root',
  });
  expect(emulator.accountId).toBe('111122223333');
});

test('the environment has the secret that the key `test` was given', async () => {
  const emulator = await startEmulator({ port: 0, accessKeys: { test: 'another' } });
  onTestFinished(() => emulator.close());
  expect(emulator.environment).toEqual({
    AWS_ENDPOINT_URL: emulator.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'another',
  });
});

test.each([
  [{ accountId: '12' }, 'accountId is 12 digits, not "12".'],
  [{ accountId: '1111222233334' }, 'accountId is 12 digits, not "1111222233334".'],
  [{ region: 'atlantis-1' }, 'region is the name of a region of AWS, not "atlantis-1".'],
  [{ region: '' }, 'region is the name of a region of AWS, not "".'],
])('%j is refused', async (options, message) => {
  await expect(startEmulator({ port: 0, ...options })).rejects.toThrow(new TypeError(message));
});

test('the entry of the package has what the sources have', () => {
  expect({ ...entry }).toEqual({ ...face });
});

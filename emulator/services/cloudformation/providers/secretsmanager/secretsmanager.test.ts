import { expect, test } from 'vitest';
import { createSecretsManager } from '../../../secretsmanager/secretsmanager.ts';
import { contextOf, make, region } from '../provider.fixture.ts';
import { secretsManagerResourcePolicy } from './secretsmanager-resource-policy.ts';
import { secretsManagerSecret } from './secretsmanager-secret.ts';

function start() {
  const secrets = createSecretsManager(region).operations;
  const read = async (SecretId: string) => (await secrets.GetSecretValue({ SecretId })).SecretString;
  return { secrets, read };
}

test('AWS::SecretsManager::Secret: an update keeps the value unless the property it comes from changes', async () => {
  const { secrets, read } = start();
  const GenerateSecretString = { PasswordLength: '24', ExcludePunctuation: 'true' };
  const secret = await make(secretsManagerSecret(secrets), {
    GenerateSecretString,
    Tags: [{ Key: 'team', Value: 'oven' }],
  });
  expect(secret.physicalId).toMatch(/^arn:aws:secretsmanager:eu-west-1:000000000000:secret:Factory-Thing-\w+-\w{6}$/);
  expect(secret.attributes).toEqual({ Id: secret.physicalId });
  const made = await read(secret.physicalId);
  expect(made).toMatch(/^[A-Za-z0-9]{24}$/);

  await secret.change({ GenerateSecretString, Description: 'signs vouchers' });
  expect(await read(secret.physicalId)).toBe(made);
  await secret.change({ GenerateSecretString: { PasswordLength: 8, ExcludePunctuation: true } });
  expect(await read(secret.physicalId)).toMatch(/^[A-Za-z0-9]{8}$/);
  await secret.change({ SecretString: 'given' });
  expect(await read(secret.physicalId)).toBe('given');
  await secret.remove();
  await expect(read(secret.physicalId)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('AWS::SecretsManager::Secret: a password is put into a template', async () => {
  const { secrets, read } = start();
  const secret = await make(secretsManagerSecret(secrets), {
    Name: 'oven',
    GenerateSecretString: { SecretStringTemplate: '{"user":"baker"}', GenerateStringKey: 'password' },
  });
  const value = JSON.parse((await read(secret.physicalId)) ?? '');
  expect(value).toEqual({ user: 'baker', password: expect.stringMatching(/^.{32}$/) });
});

test('AWS::SecretsManager::Secret: one that nothing is said of is empty', async () => {
  const { secrets, read } = start();
  const secret = await make(secretsManagerSecret(secrets), {});
  await expect(read(secret.physicalId)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test.each([
  { name: 'both sources', properties: { SecretString: 'a', GenerateSecretString: {} }, message: 'both' },
  { name: 'a key alone', properties: { GenerateSecretString: { GenerateStringKey: 'a' } }, message: 'together' },
  {
    name: 'a template that is no JSON',
    properties: { GenerateSecretString: { GenerateStringKey: 'a', SecretStringTemplate: '{' } },
    message: 'SecretStringTemplate',
  },
  { name: 'an unknown option', properties: { GenerateSecretString: { Colour: 'red' } }, message: '[Colour]' },
])('AWS::SecretsManager::Secret refuses $name', async ({ properties, message }) => {
  const { secrets } = start();
  const create = secretsManagerSecret(secrets).create(properties, contextOf('AWS::SecretsManager::Secret'));
  await expect(create).rejects.toThrow(message);
});

test('AWS::SecretsManager::ResourcePolicy is put, changed and taken away', async () => {
  const { secrets } = start();
  const { physicalId: SecretId } = await make(secretsManagerSecret(secrets), { SecretString: 'a' });
  const read = async () => (await secrets.GetResourcePolicy({ SecretId })).ResourcePolicy;
  const document = (Effect: string) => ({
    Version: '2012-10-17',
    Statement: [
      { Effect, Principal: { AWS: 'arn:aws:iam::000000000000:root' }, Action: 'secretsmanager:*', Resource: '*' },
    ],
  });
  const policy = await make(secretsManagerResourcePolicy(secrets), { SecretId, ResourcePolicy: document('Deny') });
  expect(policy.physicalId).toBe(SecretId);
  expect(JSON.parse((await read()) ?? '')).toEqual(document('Deny'));
  await policy.change({ SecretId, ResourcePolicy: document('Allow') });
  expect(JSON.parse((await read()) ?? '')).toEqual(document('Allow'));
  await policy.remove();
  expect(await read()).toBeUndefined();
});

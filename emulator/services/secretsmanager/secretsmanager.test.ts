import * as secretsmanager from '@aws-sdk/client-secrets-manager';
import { expect, onTestFinished, test, vi } from 'vitest';
import { serve } from '../../gateway.fixture.ts';
import type { Region } from '../../wire/operation.ts';
import { createSecretsManager } from './secretsmanager.ts';

const region: Region = { accountId: '000000000000', name: 'eu-west-1', endpoint: 'http://127.0.0.1:4566' };
const dayMs = 86_400_000;

const table = () => createSecretsManager(region).operations;

test('a secret is read by its name, its ARN, and its ARN without the suffix', () => {
  const operations = table();
  const created = operations.CreateSecret({ Name: 'bakery/key', SecretString: 'sesame' });
  expect(created.ARN).toMatch(/^arn:aws:secretsmanager:eu-west-1:000000000000:secret:bakery\/key-[A-Za-z0-9]{6}$/);
  for (const SecretId of ['bakery/key', created.ARN, created.ARN.slice(0, -7)]) {
    expect(operations.GetSecretValue({ SecretId })).toMatchObject({
      ARN: created.ARN,
      Name: 'bakery/key',
      SecretString: 'sesame',
      VersionId: created.VersionId,
      VersionStages: ['AWSCURRENT'],
    });
  }
});

test('a new value becomes current, the one before it previous, and an older one loses its label', () => {
  const operations = table();
  const first = operations.CreateSecret({ Name: 's', SecretString: '1', ClientRequestToken: 'v1' });
  operations.PutSecretValue({ SecretId: 's', SecretString: '2', ClientRequestToken: 'v2' });
  operations.UpdateSecret({ SecretId: 's', SecretString: '3', ClientRequestToken: 'v3', Description: 'three' });
  expect(operations.DescribeSecret({ SecretId: 's' })).toMatchObject({
    ARN: first.ARN,
    Description: 'three',
    VersionIdsToStages: { v2: ['AWSPREVIOUS'], v3: ['AWSCURRENT'] },
  });
  expect(operations.GetSecretValue({ SecretId: 's', VersionStage: 'AWSPREVIOUS' }).SecretString).toBe('2');
  expect(operations.GetSecretValue({ SecretId: 's', VersionId: 'v1' }).SecretString).toBe('1');
  const all = operations.ListSecretVersionIds({ SecretId: 's', IncludeDeprecated: true }).Versions;
  expect(all.map(({ VersionId }) => VersionId)).toEqual(['v1', 'v2', 'v3']);
  expect(operations.ListSecretVersionIds({ SecretId: 's' }).Versions).toHaveLength(2);
});

test('a pending version is made current by hand, as a rotation does', () => {
  const operations = table();
  operations.CreateSecret({ Name: 's', SecretString: 'old', ClientRequestToken: 'v1' });
  const VersionStages = ['AWSPENDING'];
  operations.PutSecretValue({ SecretId: 's', SecretString: 'new', ClientRequestToken: 'v2', VersionStages });
  expect(operations.GetSecretValue({ SecretId: 's' }).SecretString).toBe('old');
  const move = { SecretId: 's', VersionStage: 'AWSCURRENT', MoveToVersionId: 'v2' };
  expect(() => operations.UpdateSecretVersionStage(move)).toThrow(/currently attached to version v1/);
  operations.UpdateSecretVersionStage({ ...move, RemoveFromVersionId: 'v1' });
  expect(operations.DescribeSecret({ SecretId: 's' }).VersionIdsToStages).toEqual({
    v1: ['AWSPREVIOUS'],
    v2: ['AWSPENDING', 'AWSCURRENT'],
  });
  const remove = { SecretId: 's', VersionStage: 'AWSCURRENT', RemoveFromVersionId: 'v2' };
  expect(() => operations.UpdateSecretVersionStage(remove)).toThrow(/can't be completely removed/);
  operations.UpdateSecretVersionStage({ ...remove, VersionStage: 'AWSPENDING' });
  expect(() => operations.GetSecretValue({ SecretId: 's', VersionStage: 'AWSPENDING' })).toThrow(
    "Secrets Manager can't find the specified secret value for staging label: AWSPENDING",
  );
});

test('the same request token is a retry with the same value, and refused with another', () => {
  const operations = table();
  const input = { Name: 's', SecretString: '1', ClientRequestToken: 'v1' };
  expect(operations.CreateSecret(input)).toEqual(operations.CreateSecret(input));
  expect(() => operations.CreateSecret({ ...input, SecretString: '2' })).toThrow(
    secretsmanager.ResourceExistsException,
  );
  const put = { SecretId: 's', ClientRequestToken: 'v1' };
  expect(() => operations.PutSecretValue({ ...put, SecretString: '2' })).toThrow(
    secretsmanager.ResourceExistsException,
  );
});

const { InvalidParameterException, InvalidRequestException, ResourceExistsException, ResourceNotFoundException } =
  secretsmanager;

test.each<{
  why: string;
  act: (operations: ReturnType<typeof table>) => unknown;
  error: new (...args: never[]) => Error;
}>([
  { why: 'none is there', act: (t) => t.GetSecretValue({ SecretId: 'x' }), error: ResourceNotFoundException },
  {
    why: 'the ARN is of another',
    act: (t) => t.GetSecretValue({ SecretId: 'arn:aws:secretsmanager:eu-west-1:000000000000:secret:x-AbCdEf' }),
    error: ResourceNotFoundException,
  },
  { why: 'it has no value', act: (t) => t.GetSecretValue({ SecretId: 'empty' }), error: ResourceNotFoundException },
  {
    why: 'it has no such version',
    act: (t) => t.GetSecretValue({ SecretId: 'full', VersionId: 'x' }),
    error: ResourceNotFoundException,
  },
  {
    why: 'the stage is of another version',
    act: (t) => t.GetSecretValue({ SecretId: 'full', VersionId: 'v1', VersionStage: 'AWSPREVIOUS' }),
    error: InvalidRequestException,
  },
  { why: 'the name is taken', act: (t) => t.CreateSecret({ Name: 'full' }), error: ResourceExistsException },
  { why: 'the name is none', act: (t) => t.CreateSecret({ Name: 'a b' }), error: InvalidParameterException },
  {
    why: 'it is text and bytes',
    act: (t) => t.CreateSecret({ Name: 'n', SecretString: 'a', SecretBinary: new Uint8Array(1) }),
    error: InvalidParameterException,
  },
  {
    why: 'it is no bytes',
    act: (t) => t.CreateSecret({ Name: 'n', SecretBinary: new Uint8Array() }),
    error: InvalidParameterException,
  },
  {
    why: 'it is over 64 KB',
    act: (t) => t.PutSecretValue({ SecretId: 'full', SecretString: 'x'.repeat(65_537) }),
    error: InvalidParameterException,
  },
  { why: 'nothing is put', act: (t) => t.PutSecretValue({ SecretId: 'full' }), error: InvalidRequestException },
  {
    why: 'the recovery window is too short',
    act: (t) => t.DeleteSecret({ SecretId: 'full', RecoveryWindowInDays: 6 }),
    error: InvalidParameterException,
  },
  {
    why: 'force comes with a recovery window',
    act: (t) => t.DeleteSecret({ SecretId: 'full', RecoveryWindowInDays: 7, ForceDeleteWithoutRecovery: true }),
    error: InvalidParameterException,
  },
  {
    why: 'the policy is no JSON',
    act: (t) => t.PutResourcePolicy({ SecretId: 'full', ResourcePolicy: '{' }),
    error: secretsmanager.MalformedPolicyDocumentException,
  },
])('a call is refused where $why', ({ act, error }) => {
  const operations = table();
  operations.CreateSecret({ Name: 'empty' });
  operations.CreateSecret({ Name: 'full', SecretString: '1', ClientRequestToken: 'v1' });
  expect(() => act(operations)).toThrow(error);
});

test('a deleted secret can be restored until its recovery window is over', () => {
  vi.useFakeTimers({ now: new Date('2026-11-01T00:00:00Z') });
  onTestFinished(() => void vi.useRealTimers());
  const operations = table();
  const { ARN } = operations.CreateSecret({ Name: 's', SecretString: '1' });
  const { DeletionDate } = operations.DeleteSecret({ SecretId: 's', RecoveryWindowInDays: 7 });
  expect(DeletionDate).toEqual(new Date('2026-11-08T00:00:00Z'));
  expect(() => operations.GetSecretValue({ SecretId: ARN })).toThrow(/marked for deletion/);
  expect(() => operations.CreateSecret({ Name: 's' })).toThrow(/already scheduled for deletion/);
  expect(operations.ListSecrets({}).SecretList).toEqual([]);
  expect(operations.ListSecrets({ IncludePlannedDeletion: true }).SecretList).toMatchObject([
    { ARN, DeletedDate: DeletionDate },
  ]);

  vi.advanceTimersByTime(6 * dayMs);
  operations.RestoreSecret({ SecretId: 's' });
  expect(operations.GetSecretValue({ SecretId: 's' }).SecretString).toBe('1');

  operations.DeleteSecret({ SecretId: 's' });
  vi.advanceTimersByTime(30 * dayMs);
  expect(() => operations.RestoreSecret({ SecretId: 's' })).toThrow(ResourceNotFoundException);
  expect(operations.CreateSecret({ Name: 's' }).ARN).not.toBe(ARN);
});

test('a secret is forced away at once, even one that is not there or already marked', () => {
  const operations = table();
  operations.CreateSecret({ Name: 's' });
  operations.DeleteSecret({ SecretId: 's' });
  operations.DeleteSecret({ SecretId: 's', ForceDeleteWithoutRecovery: true });
  operations.CreateSecret({ Name: 's' });
  expect(operations.DeleteSecret({ SecretId: 'x', ForceDeleteWithoutRecovery: true })).toMatchObject({ Name: 'x' });
});

test.each<{ filter: secretsmanager.Filter; names: string[] }>([
  { filter: { Key: 'name', Values: ['oven'] }, names: ['oven/a', 'oven/b'] },
  { filter: { Key: 'name', Values: ['!oven'] }, names: ['till'] },
  { filter: { Key: 'description', Values: ['cash'] }, names: ['till'] },
  { filter: { Key: 'tag-key', Values: ['team'] }, names: ['oven/b'] },
  { filter: { Key: 'tag-value', Values: ['Night', 'x'] }, names: ['oven/b'] },
  { filter: { Key: 'all', Values: ['night'] }, names: ['oven/b'] },
])('ListSecrets by $filter', ({ filter, names }) => {
  const operations = table();
  operations.CreateSecret({ Name: 'oven/a' });
  operations.CreateSecret({ Name: 'oven/b', Tags: [{ Key: 'team', Value: 'Night' }] });
  operations.CreateSecret({ Name: 'till', Description: 'Cash' });
  const found = operations.ListSecrets({ Filters: [filter], SortOrder: 'asc' }).SecretList;
  expect(found.map(({ Name }) => Name)).toEqual(names);
});

test('real clients carry bytes, tags, pages and errors', async () => {
  const { configuration } = await serve([createSecretsManager(region).service]);
  const client = new secretsmanager.SecretsManager(configuration);
  const SecretBinary = new Uint8Array([0, 255]);
  const Tags = [{ Key: 'team', Value: 'night' }];
  await client.createSecret({ Name: 'b', SecretBinary, Tags });
  expect((await client.getSecretValue({ SecretId: 'b' })).SecretBinary).toEqual(SecretBinary);
  await client.tagResource({ SecretId: 'b', Tags: [{ Key: 'oven', Value: '1' }] });
  await client.untagResource({ SecretId: 'b', TagKeys: ['team'] });
  const described = await client.describeSecret({ SecretId: 'b' });
  expect(described).toMatchObject({ Tags: [{ Key: 'oven', Value: '1' }], CreatedDate: expect.any(Date) });

  const ResourcePolicy = '{"Version":"2012-10-17","Statement":[]}';
  await client.putResourcePolicy({ SecretId: 'b', ResourcePolicy });
  expect((await client.getResourcePolicy({ SecretId: 'b' })).ResourcePolicy).toBe(ResourcePolicy);
  await client.deleteResourcePolicy({ SecretId: 'b' });
  expect((await client.getResourcePolicy({ SecretId: 'b' })).ResourcePolicy).toBeUndefined();

  await client.createSecret({ Name: 'c' });
  const names: (string | undefined)[] = [];
  for await (const page of secretsmanager.paginateListSecrets({ client, pageSize: 1 }, {})) {
    names.push(...(page.SecretList ?? []).map(({ Name }) => Name));
  }
  expect(names).toEqual(['c', 'b']);
  expect((await client.getRandomPassword({})).RandomPassword).toHaveLength(32);
  await expect(client.getSecretValue({ SecretId: 'x' })).rejects.toBeInstanceOf(ResourceNotFoundException);
  await expect(client.rotateSecret({ SecretId: 'b' })).rejects.toMatchObject({ name: 'NotImplemented' });
});

import { expect, test } from 'vitest';
import { internalCall } from '../../../../wire/operation.ts';
import { createS3 } from '../../../s3/s3.ts';
import { contextOf, make, region } from '../provider.fixture.ts';
import { s3Bucket } from './s3-bucket.ts';
import { s3BucketPolicy } from './s3-bucket-policy.ts';

test('AWS::S3::Bucket: its configuration is put, changed and taken away', async () => {
  const s3 = createS3(region).operations;
  const bucket = await make(s3Bucket(s3), {
    AccessControl: 'Private',
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [
        { BucketKeyEnabled: 'true', ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'k' } },
      ],
    },
    LifecycleConfiguration: { Rules: [{ Id: 'old', Status: 'Enabled', ExpirationInDays: '30', Prefix: 'tmp/' }] },
    PublicAccessBlockConfiguration: { BlockPublicAcls: 'true' },
    VersioningConfiguration: { Status: 'Enabled' },
    Tags: [{ Key: 'team', Value: 'oven' }],
  });
  const Bucket = bucket.physicalId;
  expect(Bucket).toMatch(/^factory-thing-[a-z0-9]{12}$/);
  expect(bucket.attributes).toMatchObject({
    Arn: `arn:aws:s3:::${Bucket}`,
    RegionalDomainName: `${Bucket}.s3.eu-west-1.amazonaws.com`,
  });
  expect(await s3.GetBucketEncryption({ Bucket }, internalCall())).toEqual({
    ServerSideEncryptionConfiguration: {
      Rules: [
        {
          BucketKeyEnabled: true,
          ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'k' },
        },
      ],
    },
  });
  expect((await s3.GetBucketLifecycleConfiguration({ Bucket }, internalCall())).Rules).toEqual([
    { ID: 'old', Status: 'Enabled', Filter: { Prefix: 'tmp/' }, Expiration: { Days: 30 } },
  ]);
  expect(await s3.GetPublicAccessBlock({ Bucket }, internalCall())).toMatchObject({
    PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: false },
  });
  expect((await s3.GetBucketTagging({ Bucket }, internalCall())).TagSet).toEqual([{ Key: 'team', Value: 'oven' }]);

  const abort = { Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: '1' } };
  await bucket.change({ LifecycleConfiguration: { Rules: [abort] } });
  expect((await s3.GetBucketLifecycleConfiguration({ Bucket }, internalCall())).Rules).toEqual([
    { Status: 'Enabled', Filter: { Prefix: '' }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
  ]);
  expect(await s3.GetBucketVersioning({ Bucket }, internalCall())).toMatchObject({ Status: 'Suspended' });
  await bucket.change({});
  for (const read of [s3.GetBucketLifecycleConfiguration, s3.GetPublicAccessBlock, s3.GetBucketTagging]) {
    await expect((async () => read({ Bucket }, internalCall()))()).rejects.toThrow();
  }
  await bucket.remove();
  await expect((async () => s3.HeadBucket({ Bucket }, internalCall()))()).rejects.toThrow();
});

test('AWS::S3::Bucket: a name that is taken, and an unknown setting, are refused', async () => {
  const provider = s3Bucket(createS3(region).operations);
  await make(provider, { BucketName: 'oven' });
  await expect(make(provider, { BucketName: 'oven' })).rejects.toMatchObject({ name: 'BucketAlreadyOwnedByYou' });
  const LifecycleConfiguration = { Rules: [{ Status: 'Enabled', Colour: 'red' }] };
  const create = provider.create({ BucketName: 'mixer', LifecycleConfiguration }, contextOf('AWS::S3::Bucket'));
  await expect(create).rejects.toThrow('[Colour]');
  await make(provider, { BucketName: 'mixer' });
});

test('AWS::S3::BucketPolicy is put, changed and taken away', async () => {
  const s3 = createS3(region).operations;
  const { physicalId: Bucket } = await make(s3Bucket(s3), {});
  const document = (Effect: string) => ({
    Version: '2012-10-17',
    Statement: [{ Effect, Principal: '*', Action: 's3:*', Resource: `arn:aws:s3:::${Bucket}/*` }],
  });
  const policy = await make(s3BucketPolicy(s3), { Bucket, PolicyDocument: document('Deny') });
  expect(policy.physicalId).toBe(Bucket);
  expect(JSON.parse((await s3.GetBucketPolicy({ Bucket }, internalCall())).Policy ?? '')).toEqual(document('Deny'));
  await policy.change({ Bucket, PolicyDocument: document('Allow') });
  expect(JSON.parse((await s3.GetBucketPolicy({ Bucket }, internalCall())).Policy ?? '')).toEqual(document('Allow'));
  await policy.remove();
  await expect((async () => s3.GetBucketPolicy({ Bucket }, internalCall()))()).rejects.toThrow();
});

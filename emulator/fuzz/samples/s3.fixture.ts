import { policy } from '../lexicon.fixture.ts';

const Bucket = 'fz-bucket';
export const s3 = [
  ['s3:DeleteObjects', { Bucket, Delete: { Objects: [{ Key: 'x' }, { Key: 'y', VersionId: 'null' }], Quiet: false } }],
  ['s3:CopyObject', { Bucket, Key: 'copy', CopySource: 'fz-bucket/fz?versionId=null', MetadataDirective: 'REPLACE' }],
  ['s3:GetObject', { Bucket, Key: 'fz', Range: 'bytes=0-3', ResponseContentType: 'a/b', ResponseExpires: new Date(0) }],
  [
    's3:PutObject',
    { Bucket, Key: 'x', Body: Buffer.from('a'), Metadata: { a: 'b' }, ContentType: 'a/b', Expires: new Date(0) },
  ],
  [
    's3:ListObjectsV2',
    { Bucket, Prefix: 'f', Delimiter: '/', MaxKeys: 1, EncodingType: 'url', ContinuationToken: 'Zno' },
  ],
  ['s3:ListObjectVersions', { Bucket, KeyMarker: 'a', VersionIdMarker: 'null', MaxKeys: 1 }],
  ['s3:PutBucketVersioning', { Bucket, VersioningConfiguration: { Status: 'Enabled' } }],
  [
    's3:PutBucketEncryption',
    {
      Bucket,
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'a' } }],
      },
    },
  ],
  [
    's3:PutBucketLifecycleConfiguration',
    {
      Bucket,
      LifecycleConfiguration: {
        Rules: [
          {
            ID: 'a',
            Status: 'Enabled',
            Filter: { And: { Prefix: 'a', Tags: [{ Key: 'a', Value: 'b' }] } },
            Expiration: { Date: new Date(0) },
            Transitions: [{ Days: 1, StorageClass: 'GLACIER' }],
          },
        ],
      },
    },
  ],
  ['s3:PutBucketTagging', { Bucket, Tagging: { TagSet: [{ Key: 'a', Value: 'b' }] } }],
  ['s3:PutBucketPolicy', { Bucket, Policy: policy }],
  ['s3:CreateBucket', { Bucket: 'other-bucket', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }],
  [
    's3:PutBucketCors',
    {
      Bucket: 'fz-bucket',
      CORSConfiguration: {
        CORSRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'], AllowedHeaders: ['*'], MaxAgeSeconds: 5 }],
      },
    },
  ],
  ['s3:PutObjectTagging', { Bucket: 'fz-bucket', Key: 'fz', Tagging: { TagSet: [{ Key: 'a', Value: 'b' }] } }],
  ['s3:PutBucketWebsite', { Bucket: 'fz-bucket', WebsiteConfiguration: { IndexDocument: { Suffix: 'index.html' } } }],
] as const;

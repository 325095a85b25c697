import type { S3 } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { authorization } from '../../gateway.fixture.ts';
import { Bucket, connect } from './s3.fixture.ts';

const Key = 'a';
const of = { Bucket, Key };
const etag = '"9dd4e461268c8034f5c8564e155c67a6"';

/** What S3 refuses, in its words. Where no page is named, it was verified on AWS. */
test.each<[what: string, call: (client: S3) => Promise<unknown>, refused: object]>([
  [
    'an object that is there, put with If-None-Match',
    (client) => client.putObject({ ...of, Body: 'y', IfNoneMatch: '*' }),
    { name: 'PreconditionFailed', Condition: 'If-None-Match' },
  ],
  [
    'another object, deleted with If-Match ("How to perform conditional deletes")',
    (client) => client.deleteObject({ ...of, IfMatch: '"other"' }),
    { name: 'PreconditionFailed', Condition: 'If-Match' },
  ],
  [
    'a copy of an object onto itself',
    (client) => client.copyObject({ ...of, CopySource: `${Bucket}/${Key}` }),
    { name: 'InvalidRequest', message: expect.stringContaining('trying to copy an object to itself') },
  ],
  [
    'a storage class that there is not',
    (client) => client.putObject({ ...of, Body: 'y', StorageClass: 'WARM' as 'STANDARD' }),
    { name: 'InvalidStorageClass' },
  ],
  [
    'a digest that is none',
    (client) => client.putObject({ ...of, Body: 'y', ContentMD5: 'zzz' }),
    { name: 'InvalidDigest' },
  ],
  [
    'the digest of something else',
    (client) => client.putObject({ ...of, Body: 'y', ContentMD5: 'XUFAKrxLKna5cZ2REBfFkg==' }),
    { name: 'BadDigest' },
  ],
  [
    'a bucket of a region that there is not',
    (client) =>
      client.createBucket({ Bucket: 'new', CreateBucketConfiguration: { LocationConstraint: 'mars' as 'eu-west-1' } }),
    { name: 'InvalidLocationConstraint' },
  ],
  [
    'a bucket of another region than that of the call',
    (client) =>
      client.createBucket({ Bucket: 'new', CreateBucketConfiguration: { LocationConstraint: 'eu-central-1' } }),
    {
      name: 'IllegalLocationConstraintException',
      message: expect.stringContaining('The eu-central-1 location constraint is incompatible'),
    },
  ],
])('%s is refused', async (_what, call, refused) => {
  const { client } = await connect();
  await client.putObject({ ...of, Body: 'x' });
  await expect(call(client)).rejects.toMatchObject(refused);
  expect(await (await client.getObject(of)).Body?.transformToString()).toBe('x');
});

test('a copy onto itself that changes something is none of those', async () => {
  const { client } = await connect();
  await client.putObject({ ...of, Body: 'x' });
  const CopySource = `${Bucket}/${Key}`;
  await client.copyObject({ ...of, CopySource, MetadataDirective: 'REPLACE', Metadata: { a: 'b' } });
  expect((await client.headObject(of)).Metadata).toEqual({ a: 'b' });
});

test('of several objects, those are deleted that are as they were to be', async () => {
  const { client } = await connect();
  for (const one of ['a', 'b']) {
    await client.putObject({ Bucket, Key: one, Body: 'x' });
  }
  const { Deleted, Errors } = await client.deleteObjects({
    Bucket,
    Delete: {
      Objects: [
        { Key: 'a', ETag: etag },
        { Key: 'b', ETag: '"other"' },
      ],
    },
  });
  expect([Deleted, Errors]).toMatchObject([[{ Key: 'a' }], [{ Key: 'b', Code: 'PreconditionFailed' }]]);
});

test('an answer without an object still says what there is (verified on AWS)', async () => {
  const { client, url } = await connect();
  await client.putBucketVersioning({ Bucket, VersioningConfiguration: { Status: 'Enabled' } });
  await client.putObject({ ...of, Body: 'x' });
  const get = (headers: Record<string, string> = {}) =>
    fetch(`${url}/${Bucket}/${Key}`, { headers: { authorization: authorization('s3'), ...headers } });
  const same = await get({ 'if-none-match': etag });
  expect([same.status, same.headers.get('etag')]).toEqual([304, etag]);
  const { VersionId } = await client.deleteObject(of);
  const gone = await get();
  expect([gone.status, gone.headers.get('x-amz-delete-marker'), gone.headers.get('x-amz-version-id')]).toEqual([
    404,
    'true',
    VersionId,
  ]);
});

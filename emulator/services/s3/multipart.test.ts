import type { S3, UploadPartCopyCommandInput } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { Bucket, connect } from './s3.fixture.ts';

const Key = 'large';
const minPart = 5 * 1024 * 1024;
const dough = 'd'.repeat(minPart);

async function upload(client: S3) {
  const { UploadId } = await client.createMultipartUpload({ Bucket, Key });
  const of = { Bucket, Key, UploadId };
  return {
    copy: async (PartNumber: number, source: Partial<UploadPartCopyCommandInput> = {}) => {
      const input = { ...of, PartNumber, CopySource: `${Bucket}/source`, ...source };
      const { CopyPartResult } = await client.uploadPartCopy(input);
      return { PartNumber, ETag: CopyPartResult?.ETag };
    },
    complete: (Parts: { readonly PartNumber: number; readonly ETag: string | undefined }[]) =>
      client.completeMultipartUpload({ ...of, MultipartUpload: { Parts } }),
  };
}

test('an object is put together of ranges of another, as the AWS CLI copies what is large', async () => {
  const { client } = await connect();
  await client.putObject({ Bucket, Key: 'source', Body: `${dough}crumbs` });
  const { copy, complete } = await upload(client);
  const first = await copy(1, { CopySourceRange: `bytes=0-${minPart - 1}` });
  const second = await copy(2, { CopySourceRange: `bytes=${minPart}-${minPart + 5}` });
  const { ETag } = await complete([first, second]);
  expect(ETag).toMatch(/-2"$/);
  const { Body, PartsCount, ContentRange } = await client.getObject({ Bucket, Key, PartNumber: 2 });
  expect([await Body?.transformToString(), PartsCount, ContentRange]).toEqual([
    'crumbs',
    2,
    `bytes ${minPart}-${minPart + 5}/${minPart + 6}`,
  ]);
});

/** Source: Amazon S3 API Reference, UploadPartCopy. */
test.each<[what: string, input: Partial<UploadPartCopyCommandInput>, name: string]>([
  ['a range past the end', { CopySourceRange: 'bytes=0-99' }, 'InvalidArgument'],
  ['a range without an end', { CopySourceRange: 'bytes=1-' }, 'InvalidArgument'],
  ['a source that is not there', { CopySource: `${Bucket}/none` }, 'NoSuchKey'],
  ['a source that is another', { CopySourceIfMatch: '"other"' }, 'PreconditionFailed'],
  ['part 10,001', { PartNumber: 10_001 }, 'InvalidArgument'],
])('%s is refused', async (_what, input, name) => {
  const { client } = await connect();
  await client.putObject({ Bucket, Key: 'source', Body: 'crumbs' });
  const { copy } = await upload(client);
  await expect(copy(1, input)).rejects.toMatchObject({ name });
});

test('an upload can be completed again, with the same answer (verified on AWS)', async () => {
  const { client } = await connect();
  await client.putObject({ Bucket, Key: 'source', Body: 'crumbs' });
  const { copy, complete } = await upload(client);
  const parts = [await copy(1)];
  const { ETag } = await complete(parts);
  expect((await complete(parts)).ETag).toBe(ETag);
});

test('what came in one piece is one part (verified on AWS)', async () => {
  const { client } = await connect();
  await client.putObject({ Bucket, Key, Body: 'crumbs' });
  expect(await client.headObject({ Bucket, Key, PartNumber: 1 })).toMatchObject({
    ContentLength: 6,
    ContentRange: 'bytes 0-5/6',
  });
  const second = client.getObject({ Bucket, Key, PartNumber: 2 });
  await expect(second).rejects.toMatchObject({ name: 'InvalidPartNumber', $metadata: { httpStatusCode: 416 } });
});

test('HEAD has ranges, too (verified on AWS)', async () => {
  const { client } = await connect();
  await client.putObject({ Bucket, Key, Body: 'crumbs' });
  expect(await client.headObject({ Bucket, Key, Range: 'bytes=0-1' })).toMatchObject({
    ContentLength: 2,
    ContentRange: 'bytes 0-1/6',
  });
});

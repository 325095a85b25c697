import * as s3 from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { authorization, serve } from '../../gateway.fixture.ts';
import { AwsError } from '../operation.ts';
import { service, serviceModel } from '../service.ts';

/** A bucket as small as the wire needs it. */
async function serveBucket() {
  const objects = new Map<string, s3.PutObjectCommandInput & { readonly Body: Uint8Array }>();
  const seen: { deleted?: s3.DeleteObjectsCommandInput | undefined } = {};
  const LastModified = new Date('2026-01-02T03:04:05.000Z');
  const { url, configuration } = await serve([
    service<typeof s3>(
      serviceModel('s3', s3, { bucketInPath: true, xmlNamespace: 'http://s3.amazonaws.com/doc/2006-03-01/' }),
      {
        PutObject: (input) => {
          objects.set(`${input.Bucket} ${input.Key}`, { ...input, Body: input.Body ?? new Uint8Array() });
          return { ETag: '"tag"' };
        },
        GetObject: ({ Bucket, Key }) => {
          const found = objects.get(`${Bucket} ${Key}`);
          if (!found) {
            throw new s3.NoSuchKey({ message: 'The specified key does not exist.', $metadata: {} });
          }
          const { Body, Metadata, ContentType } = found;
          return { Body, ContentLength: Body.byteLength, LastModified, Metadata, ContentType };
        },
        HeadObject: () => {
          throw new AwsError('NotFound', 'Not Found', 404);
        },
        ListObjectsV2: ({ Prefix }) => ({
          Prefix,
          IsTruncated: false,
          KeyCount: 1,
          Contents: [{ Key: 'a <&> b', Size: 3, LastModified, ETag: '"tag"' }],
        }),
        DeleteObjects: (input) => {
          seen.deleted = input;
          return { Deleted: [{ Key: 'a' }] };
        },
      },
    ),
  ]);
  return { url, seen, client: new s3.S3({ ...configuration, forcePathStyle: true }), LastModified };
}

test('an object goes in and comes out, with its headers', async () => {
  const { client, LastModified } = await serveBucket();
  const Body = Buffer.from([0, 1, 255]);
  const where = { Bucket: 'b', Key: 'a/b c+ü.bin' };
  const Metadata = { 'baked-by': 'oven' };
  const stored = await client.putObject({ ...where, Body, Metadata, ContentType: 'application/x-cookie' });
  expect(stored.ETag).toBe('"tag"');
  const found = await client.getObject(where);
  expect(await found.Body?.transformToByteArray()).toEqual(new Uint8Array(Body));
  expect(found).toMatchObject({ Metadata, ContentType: 'application/x-cookie', ContentLength: 3, LastModified });
});

test('what is sent in chunks, with a checksum behind it, is stored without them', async () => {
  const { url, client } = await serveBucket();
  const headers = {
    authorization: authorization('s3'),
    'content-encoding': 'aws-chunked',
    'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
  };
  const body = '6\r\ncookie\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n';
  expect((await fetch(`${url}/b/k`, { method: 'PUT', headers, body })).status).toBe(200);
  expect(await (await client.getObject({ Bucket: 'b', Key: 'k' })).Body?.transformToString()).toBe('cookie');
});

test('lists are read and written as XML', async () => {
  const { client, seen, LastModified } = await serveBucket();
  const listed = await client.listObjectsV2({ Bucket: 'b', Prefix: 'a ' });
  expect(listed).toMatchObject({ Prefix: 'a ', IsTruncated: false, KeyCount: 1 });
  expect(listed.Contents).toEqual([{ Key: 'a <&> b', Size: 3, LastModified, ETag: '"tag"' }]);
  const Objects = [{ Key: 'a' }, { Key: '<b>' }];
  const deleted = await client.deleteObjects({ Bucket: 'b', Delete: { Objects, Quiet: true } });
  expect(deleted.Deleted).toEqual([{ Key: 'a' }]);
  expect(seen.deleted).toMatchObject({ Bucket: 'b', Delete: { Objects, Quiet: true } });
});

test('errors keep their class and status', async () => {
  const { client } = await serveBucket();
  const missing = await client.getObject({ Bucket: 'b', Key: 'missing' }).catch((error: unknown) => error);
  expect(missing).toBeInstanceOf(s3.NoSuchKey);
  expect(missing).toMatchObject({ message: 'The specified key does not exist.', $metadata: { httpStatusCode: 404 } });
  // An answer to HEAD has no body: the status alone tells.
  const head = client.headObject({ Bucket: 'b', Key: 'missing' });
  await expect(head).rejects.toMatchObject({ name: 'NotFound', $metadata: { httpStatusCode: 404 } });
});

test.each([
  { what: 'a body that is not XML', path: '/b?delete', body: '<Delete><Object>' },
  { what: 'a bad percent-encoding', path: '/b/%zz', body: '' },
])('$what is refused', async ({ path, body }) => {
  const { url } = await serveBucket();
  const method = body ? 'POST' : 'PUT';
  const answer = await fetch(url + path, { method, headers: { authorization: authorization('s3') }, body });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toMatch(/<Code>\w+<\/Code>/);
});

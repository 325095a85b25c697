import { expect, test } from 'vitest';
import { authorization } from '../../gateway.fixture.ts';
import { connect } from './s3.fixture.ts';

const named = (error: unknown) => expect.objectContaining({ name: error });

test('an object is got as it was put, with what was said of it', async () => {
  const { client, getObject } = await connect();
  const Body = Buffer.from('flour, butter, ümlauts');
  const Metadata = { recipe: 'shortbread' };
  const put = await client.putObject({
    Bucket: 'cookies',
    Key: 'a/b c+d.txt',
    Body,
    ContentType: 'text/plain',
    Metadata,
  });
  const got = await client.getObject({ Bucket: 'cookies', Key: 'a/b c+d.txt' });
  expect(await got.Body?.transformToString()).toBe('flour, butter, ümlauts');
  expect(got).toMatchObject({ ETag: put.ETag, ContentType: 'text/plain', ContentLength: Body.length, Metadata });
  expect(Buffer.from(await getObject('cookies', 'a/b c+d.txt'))).toEqual(Body);
});

test('a stream is put in chunks', async () => {
  const { client } = await connect();
  const { Readable } = await import('node:stream');
  const dough = 'flour '.repeat(5000);
  const chunks = [dough, 'butter'].map((text) => Buffer.from(text));
  const ContentLength = dough.length + 6;
  await client.putObject({ Bucket: 'cookies', Key: 'k', Body: Readable.from(chunks), ContentLength });
  const got = await client.getObject({ Bucket: 'cookies', Key: 'k' });
  expect(await got.Body?.transformToString()).toBe(`${dough}butter`);
  expect(got.ContentEncoding).toBeUndefined();
});

test('HEAD tells the size and sends no body', async () => {
  const { client } = await connect();
  await client.putObject({ Bucket: 'cookies', Key: 'k', Body: 'dough' });
  expect(await client.headObject({ Bucket: 'cookies', Key: 'k' })).toMatchObject({ ContentLength: 5 });
  await expect(client.headObject({ Bucket: 'cookies', Key: 'none' })).rejects.toEqual(named('NotFound'));
  await expect(client.headBucket({ Bucket: 'none' })).rejects.toEqual(named('NotFound'));
});

test.each([
  { Range: 'bytes=0-1', part: 'do', ContentRange: 'bytes 0-1/5' },
  { Range: 'bytes=3-', part: 'gh', ContentRange: 'bytes 3-4/5' },
  { Range: 'bytes=-2', part: 'gh', ContentRange: 'bytes 3-4/5' },
  { Range: 'bytes=1-99', part: 'ough', ContentRange: 'bytes 1-4/5' },
])('$Range is $part', async ({ Range, part, ContentRange }) => {
  const { client } = await connect();
  await client.putObject({ Bucket: 'cookies', Key: 'k', Body: 'dough' });
  const got = await client.getObject({ Bucket: 'cookies', Key: 'k', Range });
  expect(await got.Body?.transformToString()).toBe(part);
  expect(got).toMatchObject({ ContentRange, $metadata: { httpStatusCode: 206 } });
});

test('a condition that is not met refuses a read or a write', async () => {
  const { client } = await connect();
  const { ETag } = await client.putObject({ Bucket: 'cookies', Key: 'k', Body: 'dough' });
  const refused = [
    () => client.putObject({ Bucket: 'cookies', Key: 'k', Body: 'x', IfNoneMatch: '*' }),
    () => client.putObject({ Bucket: 'cookies', Key: 'k', Body: 'x', IfMatch: '"other"' }),
    () => client.getObject({ Bucket: 'cookies', Key: 'k', IfMatch: '"other"' }),
  ];
  for (const call of refused) {
    await expect(call()).rejects.toEqual(named('PreconditionFailed'));
  }
  const unchanged = await client.getObject({ Bucket: 'cookies', Key: 'k', IfNoneMatch: ETag }).catch((error) => error);
  expect(unchanged.$metadata.httpStatusCode).toBe(304);
  await client.putObject({ Bucket: 'cookies', Key: 'k', Body: 'x', IfMatch: ETag });
});

test('keys are listed in order, page by page, and grouped by a delimiter', async () => {
  const { client } = await connect();
  for (const Key of ['b/2', 'a', 'b/1', 'c/x', 'd', 'é']) {
    await client.putObject({ Bucket: 'cookies', Key, Body: 'x' });
  }
  const keys: (string | undefined)[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await client.listObjectsV2({ Bucket: 'cookies', MaxKeys: 4, ContinuationToken });
    keys.push(...(page.Contents ?? []).map(({ Key }) => Key));
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken);
  expect(keys).toEqual(['a', 'b/1', 'b/2', 'c/x', 'd', 'é']);

  const grouped: unknown[] = [];
  do {
    const page = await client.listObjectsV2({ Bucket: 'cookies', Delimiter: '/', MaxKeys: 2, ContinuationToken });
    grouped.push([page.Contents?.map(({ Key }) => Key) ?? [], page.CommonPrefixes?.map(({ Prefix }) => Prefix) ?? []]);
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken);
  expect(grouped).toEqual([
    [['a'], ['b/']],
    [['d'], ['c/']],
    [['é'], []],
  ]);
});

test('objects are copied and deleted', async () => {
  const { client } = await connect();
  await client.putObject({ Bucket: 'cookies', Key: 'k', Body: 'dough', ContentType: 'text/plain' });
  await client.copyObject({ Bucket: 'cookies', Key: 'copy', CopySource: 'cookies/k' });
  expect((await client.getObject({ Bucket: 'cookies', Key: 'copy' })).ContentType).toBe('text/plain');
  const { Deleted } = await client.deleteObjects({
    Bucket: 'cookies',
    Delete: { Objects: [{ Key: 'k' }, { Key: 'copy' }] },
  });
  expect(Deleted).toHaveLength(2);
  expect((await client.listObjectsV2({ Bucket: 'cookies' })).KeyCount).toBe(0);
});

test('a versioned bucket keeps what was put and marks what was deleted', async () => {
  const { client } = await connect();
  const Bucket = 'cookies';
  const Key = 'k';
  const unversioned = await client.putObject({ Bucket, Key, Body: 'first' });
  expect(unversioned.VersionId).toBeUndefined();
  await client.putBucketVersioning({ Bucket, VersioningConfiguration: { Status: 'Enabled' } });
  const second = await client.putObject({ Bucket, Key, Body: 'second' });
  const marker = await client.deleteObject({ Bucket, Key });
  expect(marker).toMatchObject({ DeleteMarker: true });
  await expect(client.getObject({ Bucket, Key })).rejects.toEqual(named('NoSuchKey'));
  const read = async (VersionId: string | undefined) =>
    (await client.getObject({ Bucket, Key, VersionId })).Body?.transformToString();
  expect([await read(second.VersionId), await read('null')]).toEqual(['second', 'first']);

  const first = await client.listObjectVersions({ Bucket, MaxKeys: 2 });
  expect(first).toMatchObject({ IsTruncated: true, NextKeyMarker: Key, NextVersionIdMarker: second.VersionId });
  expect(first.DeleteMarkers).toMatchObject([{ Key, VersionId: marker.VersionId, IsLatest: true }]);
  const rest = await client.listObjectVersions({
    Bucket,
    KeyMarker: first.NextKeyMarker,
    VersionIdMarker: first.NextVersionIdMarker,
  });
  expect(rest.Versions).toMatchObject([{ Key, VersionId: 'null', IsLatest: false, Size: 5 }]);

  await client.deleteObject({ Bucket, Key, VersionId: marker.VersionId });
  expect(await read(undefined)).toBe('second');
  await expect(client.deleteBucket({ Bucket })).rejects.toThrow('all versions');
});

test('a large object comes in parts', async () => {
  const { client } = await connect();
  const target = { Bucket: 'cookies', Key: 'sack' };
  const { UploadId } = await client.createMultipartUpload({ ...target, ContentType: 'text/plain' });
  const bodies = [Buffer.alloc(5 * 1024 * 1024, 'f'), Buffer.from('butter')];
  const upload = async (Body: Buffer, index: number) => {
    const PartNumber = index + 1;
    const { ETag } = await client.uploadPart({ ...target, UploadId, PartNumber, Body });
    return { ETag, PartNumber };
  };
  const Parts = await Promise.all(bodies.map(upload));
  expect((await client.listParts({ ...target, UploadId })).Parts).toMatchObject([{ Size: 5_242_880 }, { Size: 6 }]);
  const complete = (parts: typeof Parts) =>
    client.completeMultipartUpload({ ...target, UploadId, MultipartUpload: { Parts: parts } });
  await expect(complete([...Parts].reverse())).rejects.toEqual(named('InvalidPartOrder'));
  await expect(complete([{ PartNumber: 3, ETag: '"none"' }])).rejects.toEqual(named('InvalidPart'));
  expect((await complete(Parts)).ETag).toMatch(/^"[0-9a-f]{32}-2"$/);
  const got = await client.getObject(target);
  expect(Buffer.concat(bodies).equals((await got.Body?.transformToByteArray()) ?? Buffer.of())).toBe(true);
  expect(got.ContentType).toBe('text/plain');
  await expect(client.listParts({ Bucket: 'cookies', Key: 'sack', UploadId })).rejects.toEqual(named('NoSuchUpload'));
});

test('a body that is not the one its checksum was made of is refused', async () => {
  const { client } = await connect();
  const put = client.putObject({ Bucket: 'cookies', Key: 'k', Body: 'dough', ChecksumSHA256: 'AAAA' });
  await expect(put).rejects.toEqual(named('BadDigest'));
});

test('a bucket that holds something is not deleted', async () => {
  const { client } = await connect();
  await client.putObject({ Bucket: 'cookies', Key: 'k', Body: 'x' });
  await expect(client.deleteBucket({ Bucket: 'cookies' })).rejects.toEqual(named('BucketNotEmpty'));
  await client.deleteObject({ Bucket: 'cookies', Key: 'k' });
  await client.deleteBucket({ Bucket: 'cookies' });
  expect((await client.listBuckets()).Buckets ?? []).toEqual([]);
});

test('what was configured is given back, and what was not is an error of its own', async () => {
  const { client } = await connect();
  const Bucket = 'cookies';
  expect((await client.getBucketLocation({ Bucket })).LocationConstraint).toBe('eu-west-1');
  expect((await client.getBucketEncryption({ Bucket })).ServerSideEncryptionConfiguration?.Rules).toHaveLength(1);
  await expect(client.getBucketPolicy({ Bucket })).rejects.toEqual(named('NoSuchBucketPolicy'));
  await client.putBucketPolicy({ Bucket, Policy: '{"Statement":[]}' });
  expect((await client.getBucketPolicy({ Bucket })).Policy).toBe('{"Statement":[]}');
  await client.putBucketVersioning({ Bucket, VersioningConfiguration: { Status: 'Enabled' } });
  expect((await client.getBucketVersioning({ Bucket })).Status).toBe('Enabled');
  await client.putBucketTagging({ Bucket, Tagging: { TagSet: [{ Key: 'a', Value: 'b' }] } });
  expect((await client.getBucketTagging({ Bucket })).TagSet).toEqual([{ Key: 'a', Value: 'b' }]);
});

test.each([
  { Bucket: 'cookies', name: 'BucketAlreadyOwnedByYou' },
  { Bucket: 'Not_A_Bucket', name: 'InvalidBucketName' },
])('creating $Bucket is refused: $name', async ({ Bucket, name }) => {
  const { client } = await connect();
  await expect(client.createBucket({ Bucket })).rejects.toEqual(named(name));
});

test('an object is not there without a signature', async () => {
  const { client, url } = await connect();
  await client.putObject({ Bucket: 'cookies', Key: 'k', Body: 'dough' });
  expect((await fetch(`${url}/cookies/k`)).status).toBe(403);
  const other = await fetch(`${url}/cookies/none`, { headers: { authorization: authorization('s3') } });
  expect(await other.text()).toContain('<Code>NoSuchKey</Code>');
});

test.each([
  ['ResponseContentType', 'a\r\nb'],
  ['ResponseContentDisposition', 'attachment; filename="€.txt"'],
  ['ResponseCacheControl', 'no\u0000cache'],
  ['ResponseContentLanguage', '🍪'],
  ['ResponseContentEncoding', 'x\u007f'],
])('%s %j cannot be a header', async (name, value) => {
  const { client } = await connect();
  const where = { Bucket: 'cookies', Key: 'k' };
  await client.putObject({ ...where, Body: 'dough' });
  const refused = await client.getObject({ ...where, [name]: value }).catch((error) => error);
  expect(refused).toMatchObject({ name: 'InvalidArgument', $metadata: { httpStatusCode: 400 } });
  expect(refused.message).toBe('Header value cannot be represented using ISO-8859-1.');
  await expect(client.headObject({ ...where, [name]: value })).rejects.toMatchObject({
    $metadata: { httpStatusCode: 400 },
  });
});

test('a reader may ask for other headers', async () => {
  const { client } = await connect();
  const where = { Bucket: 'cookies', Key: 'k' };
  await client.putObject({ ...where, Body: 'dough', ContentType: 'text/plain' });
  const asked = { ResponseContentType: 'text/csv', ResponseContentLanguage: 'de', ResponseContentDisposition: 'é' };
  const told = { ContentType: 'text/csv', ContentLanguage: 'de' };
  expect(await client.getObject({ ...where, ...asked })).toMatchObject(told);
  expect(await client.headObject({ ...where, ...asked })).toMatchObject(told);
});

test('a source of a copy with a bad percent-encoding is refused', async () => {
  const { client } = await connect();
  const copy = client.copyObject({ Bucket: 'cookies', Key: 'copy', CopySource: 'cookies/%(%' });
  await expect(copy).rejects.toMatchObject({ name: 'InvalidArgument', message: 'Invalid copy source encoding.' });
});

test.each([
  { why: 'an algorithm that is none', byDefault: { SSEAlgorithm: 'rot13' as 'AES256' } },
  { why: 'a key that no header can tell', byDefault: { SSEAlgorithm: 'aws:kms' as const, KMSMasterKeyID: '€' } },
])('encryption by $why is refused', async ({ byDefault }) => {
  const { client } = await connect();
  const Rules = [{ ApplyServerSideEncryptionByDefault: byDefault }];
  const put = client.putBucketEncryption({ Bucket: 'cookies', ServerSideEncryptionConfiguration: { Rules } });
  await expect(put).rejects.toEqual(named('MalformedXML'));
});

test('the attributes of an object are told that are asked for', async () => {
  const { client } = await connect();
  const reference = { Bucket: 'cookies', Key: 'k' };
  const { ETag } = await client.putObject({ ...reference, Body: 'dough', ChecksumAlgorithm: 'SHA256' });
  const {
    $metadata: _,
    LastModified,
    ...attributes
  } = await client.getObjectAttributes({
    ...reference,
    ObjectAttributes: ['ETag', 'ObjectSize', 'StorageClass', 'Checksum', 'ObjectParts'],
  });
  expect(attributes).toMatchObject({ ETag: ETag?.replaceAll('"', ''), ObjectSize: 5, StorageClass: 'STANDARD' });
  expect(attributes.Checksum?.ChecksumSHA256).toMatch(/=$/);
  expect(attributes.ObjectParts).toBeUndefined();
  expect(LastModified).toBeInstanceOf(Date);
  const some = await client.getObjectAttributes({ ...reference, ObjectAttributes: ['ObjectSize'] });
  expect([some.ObjectSize, some.ETag]).toEqual([5, undefined]);
});

test('access lists are those of a bucket whose owner owns all', async () => {
  const { client } = await connect();
  await client.putObject({ Bucket: 'cookies', Key: 'k', Body: 'dough' });
  const owners = { Grants: [{ Grantee: { Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' }] };
  expect(await client.getBucketAcl({ Bucket: 'cookies' })).toMatchObject(owners);
  expect(await client.getObjectAcl({ Bucket: 'cookies', Key: 'k' })).toMatchObject(owners);
  await expect(client.getObjectAcl({ Bucket: 'cookies', Key: 'none' })).rejects.toEqual(named('NoSuchKey'));
});

import type { Tag } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { Bucket, connect } from '../s3.fixture.ts';

const Key = 'a';
const of = { Bucket, Key };
const tags = (entries: Record<string, string>): Tag[] =>
  Object.entries(entries).map(([Key, Value]) => ({ Key, Value }));

test('tags of an object are put with it, told by their number, changed, and taken away', async () => {
  const { client } = await connect();
  await client.putObject({ ...of, Body: 'x', Tagging: 'kind=dry%20good&for=us' });
  expect((await client.getObjectTagging(of)).TagSet).toEqual(tags({ kind: 'dry good', for: 'us' }));
  expect((await client.headObject(of)).TagCount).toBe(2);
  await client.putObjectTagging({ ...of, Tagging: { TagSet: tags({ kind: 'wet' }) } });
  expect((await client.getObjectTagging(of)).TagSet).toEqual(tags({ kind: 'wet' }));
  await client.deleteObjectTagging(of);
  expect((await client.getObjectTagging(of)).TagSet).toEqual([]);
  await expect(client.getObjectTagging({ Bucket, Key: 'none' })).rejects.toMatchObject({ name: 'NoSuchKey' });
});

test('a copy keeps the tags of its source, unless it is to have its own ("CopyObject", TaggingDirective)', async () => {
  const { client } = await connect();
  await client.putObject({ ...of, Body: 'x', Tagging: 'kind=dry' });
  const copy = { Bucket, CopySource: `${Bucket}/${Key}` };
  await client.copyObject({ ...copy, Key: 'b' });
  await client.copyObject({ ...copy, Key: 'c', Tagging: 'kind=wet', TaggingDirective: 'REPLACE' });
  expect((await client.getObjectTagging({ Bucket, Key: 'b' })).TagSet).toEqual(tags({ kind: 'dry' }));
  expect((await client.getObjectTagging({ Bucket, Key: 'c' })).TagSet).toEqual(tags({ kind: 'wet' }));
});

test('tags belong to a version', async () => {
  const { client } = await connect();
  await client.putBucketVersioning({ Bucket, VersioningConfiguration: { Status: 'Enabled' } });
  const { VersionId } = await client.putObject({ ...of, Body: 'old', Tagging: 'n=1' });
  await client.putObject({ ...of, Body: 'new' });
  expect(await client.getObjectTagging({ ...of, VersionId })).toMatchObject({ TagSet: tags({ n: '1' }), VersionId });
  expect((await client.getObjectTagging(of)).TagSet).toEqual([]);
});

/** Source: Amazon S3 User Guide, "Categorizing your objects using tags". */
test.each<[what: string, set: Tag[], name: string]>([
  ['eleven', tags(Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`k${n}`, '']))), 'BadRequest'],
  ['two of one key', [...tags({ a: '1' }), ...tags({ a: '2' })], 'InvalidTag'],
  ['a key of AWS', tags({ 'aws:a': '1' }), 'InvalidTag'],
  ['a key of 129 characters', tags({ ['k'.repeat(129)]: '' }), 'InvalidTag'],
  ['a value of 257 characters', tags({ a: 'v'.repeat(257) }), 'InvalidTag'],
  ['a character that may not be', tags({ a: '<' }), 'InvalidTag'],
])('%s are refused', async (_what, TagSet, name) => {
  const { client } = await connect();
  await client.putObject({ ...of, Body: 'x' });
  await expect(client.putObjectTagging({ ...of, Tagging: { TagSet } })).rejects.toMatchObject({ name });
});

test('a header of tags that cannot be read is refused', async () => {
  const { client } = await connect();
  const put = client.putObject({ ...of, Body: 'x', Tagging: 'a=%zz' });
  await expect(put).rejects.toMatchObject({ name: 'InvalidArgument' });
});

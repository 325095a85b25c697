import { type CORSRule, S3 } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { start as startSigned } from '../../authentication.fixture.ts';
import { serve } from '../../gateway.fixture.ts';
import { corsHeaders } from './cors.ts';
import { createS3 } from './s3.ts';

const Bucket = 'cookies';
const shop = 'https://shop.example';
const rule: CORSRule = {
  AllowedOrigins: [shop, 'https://*.bakery.example'],
  AllowedMethods: ['GET', 'PUT'],
  AllowedHeaders: ['content-type', 'x-amz-*'],
  ExposeHeaders: ['ETag'],
  MaxAgeSeconds: 60,
};

/** Source: Amazon S3 User Guide, "Elements of a CORS configuration". */
test.each<[what: string, origin: string, method: string, headers: string[], allowed: boolean]>([
  ['an origin', shop, 'GET', [], true],
  ['an origin by its wildcard', 'https://www.bakery.example', 'PUT', ['content-type'], true],
  ['headers by their wildcard', shop, 'PUT', ['x-amz-meta-a', 'content-type'], true],
  ['another origin', 'https://other.example', 'GET', [], false],
  ['another method', shop, 'DELETE', [], false],
  ['another header', shop, 'PUT', ['authorization'], false],
])('%s is answered', (_what, origin, method, headers, allowed) => {
  const answered = corsHeaders([rule], { origin, method, headers });
  expect(answered !== undefined).toBe(allowed);
  if (allowed) {
    expect(answered).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'GET, PUT',
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'ETag',
      'access-control-max-age': '60',
    });
  }
});

test('an origin of all is answered as such, and without credentials', () => {
  const answered = corsHeaders([{ AllowedOrigins: ['*'], AllowedMethods: ['GET'] }], {
    origin: shop,
    method: 'GET',
    headers: [],
  });
  expect(answered).toMatchObject({ 'access-control-allow-origin': '*' });
  expect(answered).not.toHaveProperty('access-control-allow-credentials');
});

async function start() {
  const s3 = createS3({ accountId: '000000000000' });
  const { url, configuration } = await serve([s3.service], { crossOrigin: s3.crossOrigin });
  const client = new S3({ ...configuration, forcePathStyle: true });
  await client.createBucket({ Bucket });
  return { client, url };
}

describe('the rules of a bucket', () => {
  test('are put, got and taken away', async () => {
    const { client } = await start();
    const missing = { name: 'NoSuchCORSConfiguration', $metadata: { httpStatusCode: 404 } };
    await expect(client.getBucketCors({ Bucket })).rejects.toMatchObject(missing);
    await client.putBucketCors({ Bucket, CORSConfiguration: { CORSRules: [{ ID: 'shop', ...rule }] } });
    expect((await client.getBucketCors({ Bucket })).CORSRules).toEqual([{ ID: 'shop', ...rule }]);
    await client.deleteBucketCors({ Bucket });
    await expect(client.getBucketCors({ Bucket })).rejects.toMatchObject(missing);
  });

  test.each<[what: string, rules: CORSRule[], name: string, message: string]>([
    [
      'of another method',
      [{ ...rule, AllowedMethods: ['PATCH'] }],
      'InvalidRequest',
      'Found unsupported HTTP method in CORS config. Unsupported method is PATCH',
    ],
    [
      'with two wildcards',
      [{ ...rule, AllowedOrigins: ['https://*.*.example'] }],
      'InvalidRequest',
      'AllowedOrigin "https://*.*.example" can not have more than one wildcard.',
    ],
  ])('%s are refused', async (_what, CORSRules, name, message) => {
    const { client } = await start();
    await expect(client.putBucketCors({ Bucket, CORSConfiguration: { CORSRules } })).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
  });
});

describe('a page of another origin', () => {
  const ask = (url: string, origin: string, method = 'PUT') =>
    fetch(`${url}/${Bucket}/key`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': method, 'access-control-request-headers': 'Content-Type' },
    });

  test('asks whether it may ask', async () => {
    const { client, url } = await start();
    expect((await ask(url, shop)).status).toBe(403);
    await client.putBucketCors({ Bucket, CORSConfiguration: { CORSRules: [rule] } });
    const allowed = await ask(url, shop);
    expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([200, shop]);
    expect(allowed.headers.get('access-control-allow-headers')).toBe('content-type');
    for (const refused of [await ask(url, 'https://other.example'), await ask(url, shop, 'DELETE')]) {
      expect([refused.status, await refused.text()]).toEqual([
        403,
        expect.stringMatching(/<Code>AccessForbidden<.*This CORS request is not allowed/s),
      ]);
    }
  });

  test('uses presigned URLs where the bucket says so, and nothing else', async () => {
    const { emulator, s3, presign } = await startSigned();
    await s3.createBucket({ Bucket });
    await s3.putObject({ Bucket, Key: 'key', Body: 'dough' });
    const path = await presign(`/${Bucket}/key`);
    const get = (target: string, origin: string) => fetch(`${emulator.url}${target}`, { headers: { origin } });
    expect((await get(path, shop)).status).toBe(403);
    await s3.putBucketCors({ Bucket, CORSConfiguration: { CORSRules: [rule] } });
    const got = await get(path, shop);
    expect([got.status, await got.text(), got.headers.get('access-control-allow-origin')]).toEqual([
      200,
      'dough',
      shop,
    ]);
    expect((await get(path, 'https://other.example')).status).toBe(403);
    expect(await (await get(`/${Bucket}/key`, shop)).text()).toContain('does not serve web pages');
  });

  test.each(['s3', 'cloudformation', 'lambda'])('signs no call of %s behind a presigned URL', async (service) => {
    const { emulator, s3, presign } = await startSigned();
    await s3.createBucket({ Bucket });
    const CORSRules = [{ AllowedOrigins: ['*'], AllowedMethods: ['GET', 'POST', 'PUT'], AllowedHeaders: ['*'] }];
    await s3.putBucketCors({ Bucket, CORSConfiguration: { CORSRules } });
    const knock = async (authorization?: string) => {
      const headers = { origin: shop, ...(authorization && { authorization }) };
      const url = `${emulator.url}${await presign(`/${Bucket}/?Action=ListStacks`, { method: 'POST', service })}`;
      const answered = await fetch(url, { method: 'POST', headers });
      return [answered.status, await answered.text()];
    };
    const scope = `anybody/20261128/eu-west-1/${service}/aws4_request`;
    expect(await knock(`AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`)).toEqual([
      403,
      expect.stringContaining('does not serve web pages'),
    ]);
    expect((await knock())[0]).toBe(403);
  });
});

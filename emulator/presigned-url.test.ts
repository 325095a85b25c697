import { describe, expect, test } from 'vitest';
import { known, start } from './authentication.fixture.ts';

describe('a presigned URL', () => {
  async function withObject() {
    const started = await start();
    await started.s3.createBucket({ Bucket: 'cookies' });
    await started.s3.putObject({ Bucket: 'cookies', Key: 'a b/ü(1)', Body: 'dough' });
    return { ...started, object: '/cookies/a%20b/%C3%BC%281%29' };
  }
  const codeOf = (body: string) => /<Code>(\w+)</.exec(body)?.[1];

  test('gets and puts an object, as long as it holds', async () => {
    const { send, presign, object, s3 } = await withObject();
    expect(await send({ path: await presign(object) })).toMatchObject({ status: 200, body: 'dough' });
    expect(
      await send({ method: 'PUT', path: await presign('/cookies/new', { method: 'PUT' }), body: 'x' }),
    ).toMatchObject({ status: 200 });
    expect(await (await s3.getObject({ Bucket: 'cookies', Key: 'new' })).Body?.transformToString()).toBe('x');
    const named = await presign(`${object}?response-content-type=text%2Fplain`);
    expect((await send({ path: named })).headers['content-type']).toBe('text/plain');
  });

  test.each([
    { what: 'that has expired', options: { at: new Date(Date.now() - 61_000) }, code: 'AccessDenied' },
    { what: 'of tomorrow', options: { at: new Date(Date.now() + 86_400_000) }, code: 'RequestTimeTooSkewed' },
    { what: 'of an unknown key', options: { credentials: { ...known, accessKeyId: 'a' } }, code: 'InvalidAccessKeyId' },
    {
      what: 'of another secret',
      options: { credentials: { ...known, secretAccessKey: 'a' } },
      code: 'SignatureDoesNotMatch',
    },
    { what: 'for another method', options: { method: 'HEAD' }, code: 'SignatureDoesNotMatch' },
    { what: 'for another key', change: (url: string) => url.replace('%281', '%282'), code: 'SignatureDoesNotMatch' },
    {
      what: 'that was made to hold longer',
      change: (url: string) => url.replace('Expires=60', 'Expires=600'),
      code: 'SignatureDoesNotMatch',
    },
    {
      what: 'with a parameter more',
      change: (url: string) => `${url}&response-content-type=text%2Fhtml`,
      code: 'SignatureDoesNotMatch',
    },
    { what: 'of another service', options: { service: 'sts' }, code: undefined },
  ])('$what is refused', async ({ options = {}, change = (url: string) => url, code }) => {
    const { send, presign, object } = await withObject();
    const { status, body } = await send({ path: change(await presign(object, options)) });
    expect([status, codeOf(body)]).toEqual([403, code]);
  });

  test.each(['Algorithm', 'Credential', 'Date', 'Expires', 'SignedHeaders', 'Signature'])(
    'without its X-Amz-%s is refused',
    async (name) => {
      const { send, presign, object } = await withObject();
      const [path = '', search = ''] = (await presign(object)).split('?');
      const query = new URLSearchParams(search);
      query.delete(`X-Amz-${name}`);
      const { status, body } = await send({ path: `${path}?${query}` });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
      expect(body).not.toContain('dough');
    },
  );

  test('takes no header of S3 that was not signed with it', async () => {
    const { s3, send, presign } = await start();
    await s3.createBucket({ Bucket: 'cookies' });
    const path = await presign('/cookies/k', { method: 'PUT' });
    const put = (headers: Record<string, string>) => send({ method: 'PUT', path, body: 'x', headers });
    const refused = {
      status: 403,
      body: expect.stringContaining('headers present in the request which were not signed'),
    };
    expect(await put({ 'x-amz-meta-a': 'b' })).toMatchObject(refused);
    expect(await put({ 'x-amz-copy-source': '/cookies/other' })).toMatchObject(refused);
    expect(await put({ 'content-type': 'text/plain' })).toMatchObject({ status: 200 });
  });

  test('is for objects, not for buckets or their list', async () => {
    const { send, presign } = await withObject();
    for (const path of ['/cookies', '/cookies/', '/']) {
      expect((await send({ path: await presign(path) })).status).toBe(403);
    }
  });

  test('shows a document in a browser, but as one of no origin', async () => {
    const { send, presign, object } = await withObject();
    const { status, headers } = await send({ path: await presign(object), headers: { 'sec-fetch-site': 'none' } });
    expect([status, headers['content-security-policy']]).toEqual([
      200,
      expect.stringMatching(/^sandbox (?!.*same-origin)/),
    ]);
  });
});

import { once } from 'node:events';
import { type ClientRequestArgs, type IncomingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import { S3 } from '@aws-sdk/client-s3';
import { SSM } from '@aws-sdk/client-ssm';
import { STS } from '@aws-sdk/client-sts';
import { SignatureV4 } from '@smithy/signature-v4';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { startEmulator } from './index.ts';
import { chunkSignature, signingKey, trailerSignature } from './wire/signature.ts';
import { Sha256 } from './wire/test-sha256.ts';

/** Who gets in, over real HTTP. */

const KNOWN = { accessKeyId: 'known', secretAccessKey: 'secret' };
const REGION = 'eu-west-1';

async function start() {
  const emulator = await startEmulator({ port: 0, faults: true, accessKeys: { known: 'secret' } });
  onTestFinished(() => emulator.close());
  const { host, port, hostname } = new URL(emulator.url);
  const configuration = { endpoint: emulator.url, region: REGION, maxAttempts: 1 };
  const s3 = new S3({ ...configuration, credentials: KNOWN, forcePathStyle: true });
  onTestFinished(() => s3.destroy());

  /** Sends a request as it is, and answers what came back. */
  const send = async (options: ClientRequestArgs & { readonly body?: string | Buffer }) => {
    const sent = request({ host: hostname, port, ...options, agent: false }).end(options.body);
    const [answered] = await once(sent, 'response');
    return {
      status: answered.statusCode as number,
      headers: answered.headers as IncomingHttpHeaders,
      body: await text(answered),
    };
  };
  /** A presigned request for an object. */
  const presign = async (
    path: string,
    { method = 'GET', expiresIn = 60, at = new Date(), credentials = KNOWN, service = 's3' } = {},
  ) => {
    const signer = new SignatureV4({ service, region: REGION, credentials, sha256: Sha256, uriEscapePath: false });
    const [pathname = '', search = ''] = path.split('?');
    const query = Object.fromEntries(new URLSearchParams(search));
    const headers = { host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
    const signed = await signer.presign(
      { method, protocol: 'http:', hostname, port: Number(port), path: pathname, query, headers },
      { expiresIn, signingDate: at },
    );
    return `${pathname}?${new URLSearchParams(signed.query as Record<string, string>)}`;
  };
  return { emulator, configuration, s3, send, presign, host };
}

const CALLER = 'Action=GetCallerIdentity&Version=2011-06-15';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const credential = (service: string, key = 'a') => `${key}/20260101/${REGION}/${service}/aws4_request`;

describe('a signature is verified where the key is known', () => {
  test.each([
    { what: 'the right secret of a key of its own', credentials: KNOWN, status: 200 },
    { what: 'test and test', credentials: { accessKeyId: 'test', secretAccessKey: 'test' }, status: 200 },
    { what: 'another secret', credentials: { ...KNOWN, secretAccessKey: 'other' }, status: 403 },
    { what: 'test and another secret', credentials: { accessKeyId: 'test', secretAccessKey: 'x' }, status: 403 },
    { what: 'a session that there is none of', credentials: { ...KNOWN, sessionToken: 'made up' }, status: 403 },
  ])('$what: $status', async ({ credentials, status }) => {
    const { configuration } = await start();
    const clients = {
      sts: new STS({ ...configuration, credentials }),
      ssm: new SSM({ ...configuration, credentials }),
    };
    const answers = [
      await clients.sts.getCallerIdentity({}).catch((error) => error),
      await clients.ssm.describeParameters({}).catch((error) => error),
    ];
    expect(answers.map(({ $metadata }) => $metadata.httpStatusCode)).toEqual([status, status]);
  });

  test('what was signed cannot be changed on the way, nor sent again much later', async () => {
    const { send, host } = await start();
    const signer = new SignatureV4({ service: 'sts', region: REGION, credentials: KNOWN, sha256: Sha256 });
    const head = { method: 'POST', protocol: 'http:', hostname: '127.0.0.1', path: '/', query: {} };
    const sign = (signingDate: Date) =>
      signer.sign({ ...head, headers: { host, ...FORM }, body: CALLER }, { signingDate });
    const { headers } = await sign(new Date());
    const outcome = async (change: object) => {
      const { status, body } = await send({ ...head, headers, body: CALLER, ...change });
      return [status, /<Code>(\w+)</.exec(body)?.[1]];
    };
    expect(await outcome({})).toEqual([200, undefined]);
    const refused = [403, 'SignatureDoesNotMatch'];
    expect(await outcome({ body: `${CALLER}&x=1` })).toEqual(refused);
    expect(await outcome({ path: '/other' })).toEqual(refused);
    expect(await outcome({ path: '/?x=1' })).toEqual(refused);
    expect(await outcome({ headers: { ...headers, 'content-type': 'text/plain' }, path: `/?${CALLER}` })).toEqual(
      refused,
    );
    expect(
      await outcome({ headers: { ...headers, 'x-amz-target': 'AWSSecurityTokenServiceV20110615.Other' } }),
    ).toEqual([403, undefined]);
    expect(await outcome({ headers: { ...headers, 'x-amz-meta-a': 'b' } })).toEqual(refused);
    for (const minutes of [-6, 6]) {
      const old = await sign(new Date(Date.now() + minutes * 60_000));
      expect(await outcome({ headers: old.headers }), `${minutes} minutes`).toEqual(refused);
    }
  });

  test.each(['__proto__', 'constructor', 'toString', 'no-such-header', ''])(
    'a signature of the header "%s" is just wrong',
    async (name) => {
      const { send } = await start();
      const time = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
      const authorization = `AWS4-HMAC-SHA256 Credential=known/${time.slice(0, 8)}/${REGION}/sts/aws4_request, SignedHeaders=host;x-amz-date;${name}, Signature=${'0'.repeat(64)}`;
      const headers = { ...FORM, authorization, 'x-amz-date': time };
      const { status, body } = await send({ method: 'POST', headers, body: CALLER });
      expect([status, body]).toEqual([403, expect.stringContaining('SignatureDoesNotMatch')]);
    },
  );

  test('a key that is not known is the root of the account, and that is said once', async () => {
    const report = vi.spyOn(console, 'error').mockImplementation(() => {});
    onTestFinished(() => report.mockRestore());
    const { configuration } = await start();
    const client = new STS({ ...configuration, credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'x' } });
    for (let i = 0; i < 3; i++) {
      expect(await client.getCallerIdentity({})).toMatchObject({ Arn: 'arn:aws:iam::000000000000:root' });
    }
    expect(report.mock.calls).toEqual([[expect.stringContaining('AKIAEXAMPLE is not known here')]]);
  });
});

describe('chunks that are signed', () => {
  const scope = () => ({
    date: new Date().toISOString().slice(0, 10).replaceAll('-', ''),
    region: REGION,
    service: 's3',
  });

  async function putChunks({ change = (body: string) => body, trailer = false } = {}) {
    const { s3, send, host } = await start();
    await s3.createBucket({ Bucket: 'cookies' });
    const declared = `STREAMING-AWS4-HMAC-SHA256-PAYLOAD${trailer ? '-TRAILER' : ''}`;
    const signer = new SignatureV4({
      service: 's3',
      region: REGION,
      credentials: KNOWN,
      sha256: Sha256,
      uriEscapePath: false,
    });
    const to = { method: 'PUT', protocol: 'http:', hostname: '127.0.0.1', path: '/cookies/k', query: {} };
    const chunks = ['a'.repeat(8192), 'b', ''];
    const { headers } = await signer.sign({
      ...to,
      headers: {
        ...{ host, 'content-encoding': 'aws-chunked', 'x-amz-decoded-content-length': '8193' },
        ...{ 'x-amz-content-sha256': declared, ...(trailer && { 'x-amz-trailer': 'x-amz-checksum-crc32' }) },
      },
    });
    const context = {
      scope: scope(),
      time: headers['x-amz-date'] ?? '',
      key: signingKey(KNOWN.secretAccessKey, scope()),
    };
    let previous = /Signature=(\w+)/.exec(headers['authorization'] ?? '')?.[1] ?? '';
    const framed = chunks.map((data) => {
      previous = chunkSignature(context, previous, Buffer.from(data));
      return `${data.length.toString(16)};chunk-signature=${previous}\r\n${data}${data ? '\r\n' : ''}`;
    });
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(chunks.join('')));
    const line = `x-amz-checksum-crc32:${sum.toString('base64')}\n`;
    const signature = trailerSignature(context, previous, line);
    const trailers = trailer ? `${line}\r\nx-amz-trailer-signature:${signature}\r\n` : '';
    const body = change(`${framed.join('')}${trailers}\r\n`);
    const answered = await send({ ...to, headers, body });
    return { ...answered, code: /<Code>(\w+)</.exec(answered.body)?.[1], s3 };
  }

  test.each([false, true])('are put together, trailers: %s', async (trailer) => {
    const { status, s3 } = await putChunks({ trailer });
    expect(status).toBe(200);
    const got = await s3.getObject({ Bucket: 'cookies', Key: 'k', ChecksumMode: 'ENABLED' });
    expect((await got.Body?.transformToString())?.length).toBe(8193);
    expect(got.ChecksumCRC32).toEqual(trailer ? expect.any(String) : undefined);
  });

  test.each([
    { what: 'other data', change: (body: string) => body.replace('\r\nb', '\r\nc'), code: 'SignatureDoesNotMatch' },
    {
      what: 'no signature',
      change: (body: string) => body.replaceAll(/;chunk-signature=\w+/g, ''),
      code: 'SignatureDoesNotMatch',
    },
    {
      what: 'no last signature',
      change: (body: string) => body.replace(/\r\n0;chunk-signature=\w+/, '\r\n0'),
      code: 'SignatureDoesNotMatch',
    },
    {
      what: 'a chunk less',
      change: (body: string) => body.replace(/1;chunk-signature=\w+\r\nb\r\n/, ''),
      code: 'SignatureDoesNotMatch',
    },
    {
      what: 'another trailer',
      change: (body: string) => body.replace(/crc32:.{4}/, 'crc32:AAAA'),
      trailer: true,
      code: 'SignatureDoesNotMatch',
    },
    {
      what: 'no trailer where one was announced',
      change: (body: string) => body.replace(/x-amz-checksum-crc32:.*\n\r\nx-amz-trailer-signature:\w+\r\n/, ''),
      trailer: true,
      code: 'SignatureDoesNotMatch',
    },
    {
      what: 'a trailer without a signature',
      change: (body: string) => body.replace(/x-amz-trailer-signature:\w+\r\n/, ''),
      trailer: true,
      code: 'SignatureDoesNotMatch',
    },
    { what: 'no end', change: (body: string) => body.slice(0, -2), code: 'IncompleteBody' },
  ])('with $what are refused', async ({ change, trailer = false, code }) => {
    expect(await putChunks({ change, trailer })).toMatchObject({ code });
  });
});

describe('a request without a signature in its place is refused', () => {
  test.each([
    { what: 'nothing', headers: {} },
    { what: 'a credential in the query', path: `/?X-Amz-Credential=${credential('sts')}`, headers: {} },
    {
      what: 'a signature of an unknown key in the query',
      path: `/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${credential('sts')}&X-Amz-Date=20260101T000000Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=${'0'.repeat(64)}`,
      headers: {},
    },
    {
      what: 'a credential without a signature',
      headers: { authorization: `AWS4-HMAC-SHA256 Credential=${credential('sts')}` },
    },
    {
      what: 'an empty signature',
      headers: { authorization: `AWS4-HMAC-SHA256 Credential=${credential('sts')}, SignedHeaders=host, Signature=` },
    },
    {
      what: 'no signed headers',
      headers: { authorization: `AWS4-HMAC-SHA256 Credential=${credential('sts')}, Signature=${'0'.repeat(64)}` },
    },
    {
      what: 'a scope with parts missing',
      headers: { authorization: 'AWS4-HMAC-SHA256 Credential=a/sts/aws4_request, SignedHeaders=host, Signature=0' },
    },
    {
      what: 'another algorithm',
      headers: {
        authorization: `AWS4-ECDSA-P256-SHA256 Credential=${credential('sts')}, SignedHeaders=host, Signature=0`,
      },
    },
    { what: 'the scheme of a browser', headers: { authorization: 'Basic YTpi' } },
    { what: 'a bearer token', headers: { authorization: 'Bearer a' } },
  ])('$what', async ({ path = '/', headers }) => {
    const { send } = await start();
    const { status, body } = await send({
      method: 'POST',
      path,
      headers: { ...FORM, ...headers } as never,
      body: CALLER,
    });
    expect([status, body]).toEqual([403, expect.not.stringContaining('000000000000')]);
    const got = await send({ path: `${path}${path.includes('?') ? '&' : '?'}${CALLER}`, headers: headers as never });
    expect([got.status, got.body]).toEqual([403, expect.not.stringContaining('000000000000')]);
  });

  test('an unknown key is not taken from a browser, whatever page it shows', async () => {
    const { send, host } = await start();
    const authorization = `AWS4-HMAC-SHA256 Credential=${credential('sts')}, SignedHeaders=host, Signature=0`;
    for (const more of [
      { 'sec-fetch-site': 'same-origin' },
      { 'sec-fetch-site': 'none' },
      { origin: `http://${host}` },
    ]) {
      const headers = { ...FORM, ...more, authorization };
      expect((await send({ method: 'POST', headers: headers as never, body: CALLER })).status).toBe(403);
    }
  });
});

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
    { what: 'of an unknown key', options: { credentials: { ...KNOWN, accessKeyId: 'a' } }, code: 'InvalidAccessKeyId' },
    {
      what: 'of another secret',
      options: { credentials: { ...KNOWN, secretAccessKey: 'a' } },
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
    for (const path of ['/cookies', '/cookies/', '/'])
      expect((await send({ path: await presign(path) })).status).toBe(403);
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

describe('no page of another site gets in', () => {
  test.each([
    { what: 'another host', headers: { host: 'evil.example' } },
    { what: 'an origin', headers: { origin: 'http://evil.example' } },
    { what: 'no origin that may be told', headers: { origin: 'null' } },
    { what: 'a site', headers: { 'sec-fetch-site': 'cross-site' } },
    { what: 'a neighbouring site', headers: { 'sec-fetch-site': 'same-site' } },
  ])('with $what', async ({ headers }) => {
    const { send, presign, s3, emulator } = await start();
    await s3.createBucket({ Bucket: 'cookies' });
    await s3.putObject({ Bucket: 'cookies', Key: 'k', Body: 'dough' });
    const signer = new SignatureV4({ service: 'sts', region: REGION, credentials: KNOWN, sha256: Sha256 });
    const to = { method: 'POST', protocol: 'http:', hostname: '127.0.0.1', path: '/', query: {} };
    const host = 'host' in headers ? headers.host : new URL(emulator.url).host;
    const signed = await signer.sign({ ...to, headers: { host, ...FORM }, body: CALLER });
    const { path } = to;
    const requests = {
      signed: { method: 'POST', path, headers: { ...signed.headers, ...headers }, body: CALLER },
      presigned: { path: await presign('/cookies/k'), headers },
      health: { path: '/_emulator/health', headers },
      faults: { path: '/_emulator/faults/calls', headers },
      kill: { method: 'POST', path: '/_emulator/faults/kill', headers, body: '{"function":"f"}' },
      callback: { method: 'PUT', path: '/_emulator/custom-resource/x', headers, body: '{}' },
      preflight: {
        method: 'OPTIONS',
        path: '/cookies/k',
        headers: { ...headers, 'access-control-request-method': 'PUT' },
      },
    };
    for (const [name, sent] of Object.entries(requests)) {
      const answered = await send(sent as ClientRequestArgs);
      expect([name, answered.status]).toEqual([name, 403]);
      expect(Object.keys(answered.headers).filter((header) => header.startsWith('access-control-'))).toEqual([]);
      expect(answered.body).toMatch(/This endpoint does not serve|no name of this machine/);
    }
  });
});

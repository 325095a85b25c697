import type { ClientRequestArgs } from 'node:http';
import { SSM } from '@aws-sdk/client-ssm';
import { STS } from '@aws-sdk/client-sts';
import { SignatureV4 } from '@smithy/signature-v4';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { known, region, start } from './authentication.fixture.ts';
import { Sha256 } from './wire/sha256.fixture.ts';

/** Who gets in, over real HTTP. */

const caller = 'Action=GetCallerIdentity&Version=2011-06-15';
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const credential = (service: string, key = 'a') => `${key}/20260101/${region}/${service}/aws4_request`;

describe('a signature is verified where the key is known', () => {
  test.each([
    { what: 'the right secret of a key of its own', credentials: known, status: 200 },
    { what: 'test and test', credentials: { accessKeyId: 'test', secretAccessKey: 'test' }, status: 200 },
    { what: 'another secret', credentials: { ...known, secretAccessKey: 'other' }, status: 403 },
    { what: 'test and another secret', credentials: { accessKeyId: 'test', secretAccessKey: 'x' }, status: 403 },
    { what: 'a session that there is none of', credentials: { ...known, sessionToken: 'made up' }, status: 403 },
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
    const signer = new SignatureV4({ service: 'sts', region: region, credentials: known, sha256: Sha256 });
    const head = { method: 'POST', protocol: 'http:', hostname: '127.0.0.1', path: '/', query: {} };
    const sign = (signingDate: Date) =>
      signer.sign({ ...head, headers: { host, ...form }, body: caller }, { signingDate });
    const { headers } = await sign(new Date());
    const outcome = async (change: object) => {
      const { status, body } = await send({ ...head, headers, body: caller, ...change });
      return [status, /<Code>(\w+)</.exec(body)?.[1]];
    };
    expect(await outcome({})).toEqual([200, undefined]);
    const refused = [403, 'SignatureDoesNotMatch'];
    expect(await outcome({ body: `${caller}&x=1` })).toEqual(refused);
    expect(await outcome({ path: '/other' })).toEqual(refused);
    expect(await outcome({ path: '/?x=1' })).toEqual(refused);
    expect(await outcome({ headers: { ...headers, 'content-type': 'text/plain' }, path: `/?${caller}` })).toEqual(
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
      const authorization = `AWS4-HMAC-SHA256 Credential=known/${time.slice(0, 8)}/${region}/sts/aws4_request, SignedHeaders=host;x-amz-date;${name}, Signature=${'0'.repeat(64)}`;
      const headers = { ...form, authorization, 'x-amz-date': time };
      const { status, body } = await send({ method: 'POST', headers, body: caller });
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
      headers: { ...form, ...headers } as never,
      body: caller,
    });
    expect([status, body]).toEqual([403, expect.not.stringContaining('000000000000')]);
    const got = await send({ path: `${path}${path.includes('?') ? '&' : '?'}${caller}`, headers: headers as never });
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
      const headers = { ...form, ...more, authorization };
      expect((await send({ method: 'POST', headers: headers as never, body: caller })).status).toBe(403);
    }
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
    const signer = new SignatureV4({ service: 'sts', region: region, credentials: known, sha256: Sha256 });
    const to = { method: 'POST', protocol: 'http:', hostname: '127.0.0.1', path: '/', query: {} };
    const host = 'host' in headers ? headers.host : new URL(emulator.url).host;
    const signed = await signer.sign({ ...to, headers: { host, ...form }, body: caller });
    const { path } = to;
    const requests = {
      signed: { method: 'POST', path, headers: { ...signed.headers, ...headers }, body: caller },
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

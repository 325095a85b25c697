import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Sha256 } from '../sha256.fixture.ts';
import { requestSignature, sha256, signingKey } from './signature.ts';

const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';

const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 });
const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,8}$/);
const words = fc.array(fc.stringMatching(/^[!-~]{1,6}$/), { minLength: 1, maxLength: 3 });
const requests = fc.record({
  service: fc.constantFrom('s3', 'lambda', 'dynamodb'),
  method: fc.constantFrom('GET', 'POST', 'PUT'),
  segments: fc.array(text, { maxLength: 4 }),
  query: fc.dictionary(name, text, { noNullPrototype: true }),
  header: words.map((found) => `  ${found.join('   ')} `),
  body: fc.string(),
});

/** As an SDK puts a text into a URL. */
const percentEncode = (value: string): string =>
  encodeURIComponent(value).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

test('a request has the signature that the SDK gives it', async () => {
  await fc.assert(
    fc.asyncProperty(requests, async ({ service, method, segments, query, header, body }) => {
      const path = `/${segments.map(percentEncode).join('/')}`;
      const signer = new SignatureV4({
        service,
        region: 'eu-west-1',
        credentials: { accessKeyId: 'key', secretAccessKey },
        sha256: Sha256,
        uriEscapePath: service !== 's3',
        applyChecksum: service === 's3',
      });
      const request = { method, protocol: 'http:', hostname: '127.0.0.1', path, query, body };
      const headers = { host: '127.0.0.1:4566', 'x-amz-meta-note': header };
      const signed = await signer.sign({ ...request, headers }, { signingDate: new Date('2026-01-02T03:04:05Z') });
      const [, signedHeaders = '', signature] =
        /SignedHeaders=([^,]+), Signature=([0-9a-f]+)$/.exec(signed.headers['authorization'] ?? '') ?? [];
      const scope = { date: '20260102', region: 'eu-west-1', service };
      const search = Object.entries(query)
        .map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
        .join('&');
      const found = requestSignature(
        { scope, time: '20260102T030405Z', key: signingKey(secretAccessKey, scope) },
        { method, path, search, query: new URLSearchParams(search), headers: signed.headers },
        signedHeaders.split(';'),
        sha256(body),
      );
      expect(found).toBe(signature);
    }),
  );
});

test.each([
  { path: '/a/./b/../c//d/', same: '/a/c/d/' },
  { path: '/', same: '' },
])('for all services but S3 $path is signed like $same', ({ path, same }) => {
  const scope = { date: '20260102', region: 'eu-west-1', service: 'lambda' };
  const context = { scope, time: '20260102T030405Z', key: signingKey(secretAccessKey, scope) };
  const of = (sent: string) =>
    requestSignature(
      context,
      { method: 'GET', path: sent, search: '', query: new URLSearchParams(), headers: { host: 'h' } },
      ['host'],
      '',
    );
  expect(of(path)).toBe(of(same));
});

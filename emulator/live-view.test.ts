import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, onTestFinished, test } from 'vitest';
import { startEndpoint } from './endpoint.fixture.ts';
import { authorization } from './gateway.fixture.ts';

const folder = join(import.meta.dirname, 'live-view');
const files = readdirSync(folder).filter((name) => name !== 'tsconfig.json');
const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

test('a browser gets the page at /, with a policy that lets in nothing but its own files', async () => {
  const { url } = await startEndpoint();
  const answer = await fetch(`${url}/`, { headers: html });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
  const policy = answer.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("require-trusted-types-for 'script'");
  expect(policy).not.toMatch(/unsafe|http|\*/);
  expect(await answer.text()).toContain('<title>Embedded AWS');
});

test.each([
  {
    what: 'a client that signs',
    init: { headers: { ...html, authorization: authorization('s3') } },
    says: '<ListBucketsResult',
  },
  {
    what: 'a client that does not want a document',
    init: { headers: { accept: '*/*' } },
    says: 'Missing Authentication Token',
  },
  {
    what: 'a client that sends a form',
    init: { method: 'POST', headers: html, body: 'a=b' },
    says: 'Missing Authentication Token',
  },
  {
    what: 'a query',
    path: '/?Action=GetCallerIdentity&Version=2011-06-15',
    init: { headers: html },
    says: 'uthentication',
  },
  {
    what: 'a signature in the query',
    path: '/?X-Amz-Signature=0&X-Amz-Algorithm=AWS4-HMAC-SHA256',
    init: { headers: html },
    says: 'uthentication',
  },
  { what: 'a bucket', path: '/cookies', init: { headers: html }, says: 'Missing Authentication Token' },
])('$what gets S3 or another service, and no page', async ({ path = '/', init, says }) => {
  const { url } = await startEndpoint();
  const answer = await fetch(`${url}${path}`, init);
  const body = await answer.text();
  expect(body).toContain(says);
  expect(body).not.toContain('<html');
});

test('the SDK lists buckets at /', async () => {
  const { url } = await startEndpoint();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const s3 = new S3Client({ endpoint: url, region: 'eu-west-1', credentials, forcePathStyle: true });
  onTestFinished(() => s3.destroy());
  expect((await s3.send(new ListBucketsCommand({}))).$metadata.httpStatusCode).toBe(200);
});

test('all of the page comes from the endpoint, and it is small', async () => {
  const { url } = await startEndpoint();
  let bytes = 0;
  for (const name of files) {
    const answer = await fetch(`${url}/_emulator/live/${name}`);
    const text = await answer.text();
    expect(answer.status, name).toBe(200);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(text.replace('http://www.w3.org/2000/svg', ''), name).not.toMatch(
      /https?:\/\/|@import ['"u]|url\(|innerHTML|insertAdjacent|\bon\w+="|\bstyle="/,
    );
    bytes += text.length;
  }
  expect(bytes).toBeLessThan(60_000);
});

test.each(['', 'nope.js', '..%2findex.ts', '%2e%2e/index.ts', 'tsconfig.json', 'toString', 'state.js/'])(
  'there is no /_emulator/live/%s',
  async (name) => {
    const { url } = await startEndpoint();
    expect((await fetch(`${url}/_emulator/live/${name}`)).status).toBe(404);
  },
);

test('the page is for GET, and not for a page of another site', async () => {
  const { url } = await startEndpoint();
  expect((await fetch(`${url}/_emulator/live/main.js`, { method: 'PUT' })).status).toBe(405);
  for (const path of ['/', '/_emulator/live/main.js']) {
    const answer = await fetch(`${url}${path}`, { headers: { ...html, origin: 'http://evil.example' } });
    expect(answer.status).toBe(403);
  }
});

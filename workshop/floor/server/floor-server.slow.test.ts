import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { openFloor, PortInUse } from './floor-server.ts';

/** Nobody answers there, and the floor says so. */
const nobody = 'http://127.0.0.1:9';

async function open() {
  const server = await openFloor({ endpoint: nobody, snapshots: [12], traffic: 0, port: 0 });
  onTestFinished(() => server.close());
  return server;
}

interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** `fetch` sends no other Host, and no header of a browser. */
async function ask(url: string, { method = 'GET', path = '/', headers = {}, body }: Asked = {}) {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; body: string; policy: string }>();
  const outgoing = request(new URL(path, url), { method, headers }, (answer) => {
    const policy = String(answer.headers['content-security-policy'] ?? '');
    text(answer).then((read) => resolve({ status: answer.statusCode ?? 0, body: read, policy }), reject);
  });
  outgoing.on('error', reject);
  outgoing.end(body);
  return await promise;
}

const tokenOf = async (url: string) => /name="floor-token" content="([^"]+)"/.exec((await ask(url)).body)?.[1] ?? '';

test('the page comes with all it needs, from here alone, and is small', async () => {
  const { url } = await open();
  const page = await ask(url);
  expect(page.status).toBe(200);
  expect(page.policy).toContain("default-src 'none'");
  expect(page.policy).toContain("require-trusted-types-for 'script'");
  expect(page.policy).not.toMatch(/unsafe|http|\*/);
  let bytes = 0;
  for (const [, path = ''] of page.body.matchAll(/(?:href|src)="([^"]+)"/g)) {
    const file = await ask(url, { path });
    expect(file.status, path).toBe(200);
    expect(file.body.replaceAll('http://www.w3.org/', ''), path).not.toMatch(/https?:\/\/|@import|url\(/);
    bytes += file.body.length;
  }
  expect(bytes + page.body.length).toBeLessThan(400_000);
});

test.each([
  { who: 'a page of another site', headers: { origin: 'http://evil.example' } },
  { who: 'a page of another port', headers: { origin: 'http://127.0.0.1:1' } },
  { who: 'a name that was made to lead here', headers: { host: 'rebound.example' } },
  { who: 'a Host that is none', headers: { host: 'a/b' } },
  { who: 'what a browser sends for another site', headers: { 'sec-fetch-site': 'cross-site' } },
])('$who gets nothing', async ({ headers }) => {
  const { url } = await open();
  const token = await tokenOf(url);
  for (const path of ['/', '/events', '/main.js', '/scenes']) {
    expect((await ask(url, { path, headers })).status, path).toBe(403);
  }
  const change = { method: 'POST', path: '/do', headers: { ...headers, 'x-floor-token': token } };
  expect((await ask(url, { ...change, body: '{"action":"traffic","perSecond":9}' })).status).toBe(403);
});

test('what changes something needs the token of the page', async () => {
  const { url, floor } = await open();
  const body = JSON.stringify({ action: 'traffic', perSecond: 9 });
  const change = { method: 'POST', path: '/do', body };
  expect((await ask(url, change)).status).toBe(403);
  expect((await ask(url, { ...change, headers: { 'x-floor-token': 'x'.repeat(32) } })).status).toBe(403);
  expect(floor.settings().traffic).toBe(0);
  expect((await ask(url, { ...change, headers: { 'x-floor-token': await tokenOf(url) } })).status).toBe(200);
  expect(floor.settings().traffic).toBe(9);
});

test.each([
  { body: 'no JSON', status: 400 },
  { body: '{"action":"explode"}', status: 400 },
  { body: '{"action":"traffic","perSecond":51}', status: 400 },
  { body: '{"action":"traffic","perSecond":-1}', status: 400 },
  { body: '{"action":"break","name":"nothing"}', status: 409 },
  { body: '{"action":"scene","name":"99"}', status: 409 },
  { body: '{"action":"kill","lane":1,"environment":"x"}', status: 409 },
  { body: `{"action":"break","name":"${'x'.repeat(2_000)}"}`, status: 413 },
])('$body is answered $status', async ({ body, status }) => {
  const { url } = await open();
  const headers = { 'x-floor-token': await tokenOf(url) };
  expect((await ask(url, { method: 'POST', path: '/do', headers, body })).status).toBe(status);
});

test.each(['/nothing', '/main.tsx', '/../floor.ts', '/%2e%2e/floor.ts'])('there is no %s', async (path) => {
  const { url } = await open();
  expect((await ask(url, { path })).status).toBe(404);
});

test('a second floor on the same port is told so', async () => {
  const { url } = await open();
  const port = Number(new URL(url).port);
  const second = openFloor({ endpoint: nobody, snapshots: [12], traffic: 0, port });
  await expect(second).rejects.toThrow(PortInUse);
  await expect(second).rejects.toThrow(`Port ${port} is in use`);
});

test('no more pages are served than a machine can bear', async () => {
  const { url } = await open();
  const closing: (() => void)[] = [];
  onTestFinished(() => {
    for (const close of closing) {
      close();
    }
  });
  const openStream = () => {
    const { promise, resolve } = Promise.withResolvers<number>();
    const outgoing = request(new URL('/events', url), (answer) => resolve(answer.statusCode ?? 0));
    outgoing.on('error', () => undefined);
    outgoing.end();
    closing.push(() => outgoing.destroy());
    return promise;
  };
  const statuses = [];
  for (let page = 0; page < 33; page += 1) {
    statuses.push(await openStream());
  }
  expect(statuses.filter((status) => status === 200)).toHaveLength(32);
  expect(statuses.at(-1)).toBe(503);
});

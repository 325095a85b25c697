import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { startEmulator } from 'embedded-aws';
import { expect, onTestFinished, test } from 'vitest';
import { recognise } from './recognise.ts';

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const serving = (listener: RequestListener) => listen(createServer(listener));

const services = { cloudformation: 'available', lambda: 'running' };

/** Answers its health page, and every other as a bucket that is not there. */
const withHealth =
  (page: string, health: object): RequestListener =>
  ({ url }, response) => {
    if (url === page) {
      response.setHeader('content-type', 'application/json').end(JSON.stringify(health));
    } else {
      response.writeHead(404, { 'content-type': 'application/xml' }).end('<Error/>');
    }
  };

test('the embedded AWS is known by its health page', async () => {
  const emulator = await startEmulator({ port: 0 });
  onTestFinished(() => emulator.close());
  expect(await recognise(emulator.url)).toEqual({ is: 'endpoint', kind: 'the embedded AWS' });
});

test.each([
  {
    page: '/_localstack/health',
    health: { services, edition: 'community', version: '4.14.0' },
    kind: 'LocalStack 4.14.0',
  },
  { page: '/_ministack/health', health: { services, edition: 'light', version: '1.5.33' }, kind: 'MiniStack 1.5.33' },
])('$kind is known by its own', async ({ page, health, kind }) => {
  expect(await recognise(await serving(withHealth(page, health)))).toEqual({ is: 'endpoint', kind });
});

test('an endpoint without a page that is known is one by how it answers a call', async () => {
  const url = await serving(({ method }, response) =>
    response.end(
      method === 'POST' ? '<ErrorResponse><Error><Code>InvalidClientTokenId</Code></Error></ErrorResponse>' : '',
    ),
  );
  expect(await recognise(url)).toMatchObject({ is: 'other endpoint' });
});

test.each<{ what: string; answer: RequestListener; why: string }>([
  {
    what: 'HTML, whatever is asked',
    answer: (_request, response) => response.setHeader('content-type', 'text/html; charset=utf-8').end('<html></html>'),
    why: 'it answers text/html',
  },
  {
    what: '200 and JSON, whatever is asked',
    answer: (_request, response) => response.setHeader('content-type', 'application/json').end('{"status":"running"}'),
    why: 'it answers application/json',
  },
  {
    what: '404',
    answer: (_request, response) => response.writeHead(404).end(),
    why: 'it answers without a content type',
  },
  { what: 'and breaks off', answer: (_request, response) => response.destroy(), why: 'it does not speak HTTP' },
])('who answers $what is a stranger', async ({ answer, why }) => {
  expect(await recognise(await serving(answer))).toEqual({ is: 'stranger', why });
});

test('who speaks something else is a stranger', async () => {
  const url = await listen(createTcpServer((socket) => socket.end('220 mail.example ESMTP\r\n')));
  expect(await recognise(url)).toEqual({ is: 'stranger', why: 'it does not speak HTTP' });
});

test('where nobody listens there is nobody', async () => {
  expect(await recognise('http://127.0.0.1:1')).toEqual({ is: 'nothing' });
});

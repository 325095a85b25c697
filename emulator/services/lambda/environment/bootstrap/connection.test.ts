import type { IncomingMessage, ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createServer } from '../../../../wire/node-http.ts';
import { Connection } from './connection.mjs';

/** A server that answers, and how to connect to it. */
async function serving(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  onTestFinished(close);
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

/** Answers how many requests there were before. */
function counting() {
  let count = 0;
  return (_request: IncomingMessage, response: ServerResponse) => {
    const body = String(count++);
    response.writeHead(200, { 'content-length': body.length }).end(body);
  };
}

test('a connection that is lost is made again for the next request', async () => {
  const count = counting();
  const { host } = await serving((request, response) => {
    count(request, response);
    response.once('finish', () => request.socket.destroySoon());
  });
  const connection = new Connection(host);
  expect(await connection.exchange('GET', '/')).toMatchObject({ body: '0' });
  // One that was sent before the loss was noticed fails; none waits for ever.
  await vi.waitFor(() => connection.exchange('GET', '/'));
});

test('a request fails where there is nobody any more, and so does the one after it', async () => {
  const { host, close } = await serving(counting());
  const connection = new Connection(host);
  expect(await connection.exchange('GET', '/')).toMatchObject({ body: '0' });
  close();
  await expect(connection.exchange('GET', '/')).rejects.toThrow();
  await expect(connection.exchange('GET', '/')).rejects.toThrow(/ECONNREFUSED/);
});

test('an answer without a body is one', async () => {
  const { host } = await serving((request) => request.socket.write('HTTP/1.1 202 Accepted\r\n\r\n'));
  expect(await new Connection(host).exchange('POST', '/', '{}')).toMatchObject({ headers: {}, body: '' });
});

test('answers are read in whatever pieces they come', async () => {
  const text = 'crème brûlée 🍪 '.repeat(20);
  const answer = Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  const server = createTcpServer((socket) => {
    socket.once('data', async () => {
      for (const byte of [...answer, ...answer]) {
        await new Promise((written) => socket.write(Buffer.of(byte), written));
      }
      socket.end();
    });
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const connection = new Connection(`127.0.0.1:${(server.address() as AddressInfo).port}`);
  const both = await Promise.all([connection.exchange('GET', '/'), connection.exchange('GET', '/')]);
  expect(both.map(({ body }) => body)).toEqual([text, text]);
});

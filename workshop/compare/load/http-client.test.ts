import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { type HttpClientOptions, openHttpClient } from './http-client.ts';

async function clientOf(listener: RequestListener, options: HttpClientOptions = {}) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  const client = openHttpClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, options);
  onTestFinished(() => {
    client.close();
    server.close();
    server.closeAllConnections();
  });
  return { client, connections: () => connections };
}

test('many requests at a time are answered, and one after the other share a connection', async () => {
  const { client, connections } = await clientOf((incoming, outgoing) => void outgoing.end(incoming.url));
  for (let time = 0; time < 3; time += 1) {
    expect(await client.ask({ method: 'GET', path: '/one' })).toMatchObject({ status: 200, body: '/one' });
  }
  expect(connections()).toBe(1);
  const paths = Array.from({ length: 100 }, (_, i) => `/${i}`);
  const answers = await Promise.all(paths.map((path) => client.ask({ method: 'GET', path })));
  expect(answers.map(({ body }) => body)).toEqual(paths);
});

test('a body is JSON, and a cookie goes with it', async () => {
  const { client } = await clientOf(async (incoming, outgoing) => {
    const body = await incoming.toArray();
    const { cookie, 'content-type': type } = incoming.headers;
    outgoing.end(JSON.stringify([incoming.method, type, cookie, Buffer.concat(body).toString()]));
  });
  const { body } = await client.ask({ method: 'POST', path: '/orders', body: '{}', cookie: 'worker=1' });
  expect(JSON.parse(body)).toEqual(['POST', 'application/json', 'worker=1', '{}']);
});

test.each<{ what: string; listener: RequestListener; cause: RegExp }>([
  {
    what: 'breaks off',
    listener: (incoming) => void incoming.socket.destroy(),
    cause: /Nothing answered at .*socket hang up/,
  },
  { what: 'says nothing', listener: () => {}, cause: /no byte for 0.05 s/ },
])('a server that $what is no answer, and no error', async ({ listener, cause }) => {
  const { client } = await clientOf(listener, { patience: 50 });
  expect(await client.ask({ method: 'GET', path: '/' })).toEqual({
    ...{ status: 0, body: '', headers: {} },
    cause: expect.stringMatching(cause),
  });
});

test('an abort is thrown', async () => {
  const { client } = await clientOf(() => {}, { signal: AbortSignal.abort(new Error('enough')) });
  await expect(client.ask({ method: 'GET', path: '/' })).rejects.toThrow('enough');
});

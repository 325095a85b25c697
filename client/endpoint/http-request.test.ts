import dns from 'node:dns';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { ConnectionFailed, fetchFrom } from './http-request.ts';

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('an endpoint is asked for a function by its Host, and no name is looked up', async () => {
  const lookup = vi.spyOn(dns, 'lookup');
  onTestFinished(() => lookup.mockRestore());
  const endpoint = await listen(
    createServer((incoming, outgoing) => {
      const { method, url, headers } = incoming;
      outgoing.writeHead(202, { 'set-cookie': ['a=1', 'b=2'] });
      incoming.pipe(outgoing);
      expect({ method, url, host: headers.host }).toEqual({
        ...{ method: 'POST', url: '/orders?a=1' },
        host: 'abc.lambda-url.eu-west-1.on.aws',
      });
    }),
  );
  const url = 'https://abc.lambda-url.eu-west-1.on.aws/orders?a=1';
  const response = await fetchFrom(url, { method: 'POST', body: 'dough' }, endpoint);
  expect(response.status).toBe(202);
  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  expect(await response.text()).toBe('dough');
  expect(lookup.mock.calls.filter(([name]) => name !== '127.0.0.1')).toEqual([]);
});

test('an answer without a body is none', async () => {
  const endpoint = await listen(createServer((_incoming, outgoing) => outgoing.writeHead(204).end()));
  expect(await (await fetchFrom(endpoint)).text()).toBe('');
});

test('a connection that fails names host, port, what was asked for, and the cause', async () => {
  const server = createServer();
  const endpoint = await listen(server);
  server.close();
  const asking = fetchFrom('https://abc.lambda-url.eu-west-1.on.aws/', {}, endpoint);
  const { host } = new URL(endpoint);
  await expect(asking).rejects.toThrow(
    `Nothing answered at ${host}, asked for abc.lambda-url.eu-west-1.on.aws: connect ECONNREFUSED ${host}`,
  );
});

test('a connection that breaks half way is one that failed', async () => {
  const endpoint = await listen(
    createServer((_incoming, outgoing) => {
      outgoing.writeHead(200, { 'content-length': '10' });
      outgoing.write('half', () => outgoing.destroy());
    }),
  );
  await expect(fetchFrom(endpoint)).rejects.toThrow(ConnectionFailed);
});

test('an abort is thrown as it is', async () => {
  const endpoint = await listen(createServer());
  const controller = new AbortController();
  const asking = fetchFrom(endpoint, { signal: controller.signal });
  controller.abort(new Error('enough'));
  await expect(asking).rejects.toThrow('enough');
});

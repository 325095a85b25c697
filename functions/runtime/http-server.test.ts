import { once } from 'node:events';
import { connect } from 'node:net';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { expect, onTestFinished, test, vi } from 'vitest';
import { chocolateChip, OrdersInMemory, QueueInMemory, RecipesInMemory } from '../domain/kitchen.fixture.ts';
import { placeOrder } from '../ordering/place-order.ts';
import { orderingRoutes } from '../ordering/routes.ts';
import { testContext } from './context.fixture.ts';
import { httpEvent, type RequestOptions } from './http-event.ts';
import { httpFunction } from './http-function.ts';
import { type HttpHandler, type HttpServer, serveHttp } from './http-server.ts';
import { telemetryInMemory } from './telemetry.fixture.ts';

async function serve(handler: HttpHandler): Promise<HttpServer> {
  const server = await serveHttp(handler, { port: 0 });
  onTestFinished(() => void server.close(0));
  return server;
}

/** Serves an answer, and gives it as a client sees it, and the event as the handler saw it. */
async function ask(path: string, init: RequestInit = {}, answer: APIGatewayProxyStructuredResultV2 = {}) {
  const events: APIGatewayProxyEventV2[] = [];
  const { url } = await serve(async (event) => {
    events.push(event);
    return answer;
  });
  const response = await fetch(new URL(path, url), init);
  return { response, bytes: Buffer.from(await response.arrayBuffer()), event: events[0] };
}

test('a request becomes the event that a function URL makes of it', async () => {
  const { event } = await ask('/orders/a%20b?customer=Ada&limit=3&limit=4', {
    method: 'POST',
    headers: { 'Idempotency-Key': 'one', cookie: 'a=1; b=2', 'content-type': 'application/json' },
    body: '{"customer":"Zoë"}',
  });
  expect(event).toMatchObject({
    version: '2.0',
    rawPath: '/orders/a%20b',
    rawQueryString: 'customer=Ada&limit=3&limit=4',
    queryStringParameters: { customer: 'Ada', limit: '3,4' },
    headers: { 'idempotency-key': 'one', 'content-type': 'application/json' },
    cookies: ['a=1', 'b=2'],
    body: '{"customer":"Zoë"}',
    isBase64Encoded: false,
    requestContext: { http: { method: 'POST', path: '/orders/a%20b', sourceIp: '127.0.0.1' } },
  });
  expect(event?.headers).not.toHaveProperty('cookie');
});

test('a body that is no text arrives in base64, and none is no body', async () => {
  const bytes = Buffer.from([0, 255, 128]);
  const binary = { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: bytes };
  expect((await ask('/', binary)).event).toMatchObject({ body: bytes.toString('base64'), isBase64Encoded: true });
  const { event } = await ask('/');
  expect(event).not.toHaveProperty('body');
  expect(event).not.toHaveProperty('queryStringParameters');
});

test('an answer reaches the client whole', async () => {
  const { response, bytes } = await ask(
    '/',
    {},
    {
      statusCode: 418,
      headers: { 'content-type': 'text/plain', 'x-brewed': true },
      cookies: ['a=1', 'b=2'],
      body: 'Tëa',
    },
  );
  expect(response.status).toBe(418);
  expect(response.headers.get('x-brewed')).toBe('true');
  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  expect(bytes.toString()).toBe('Tëa');
});

test('an answer in base64 is bytes again, and one without content has no length', async () => {
  const { bytes } = await ask('/', {}, { body: Buffer.from([0, 255]).toString('base64'), isBase64Encoded: true });
  expect([...bytes]).toEqual([0, 255]);
  const { response } = await ask('/', {}, { statusCode: 204 });
  expect(response.status).toBe(204);
  expect(response.headers.has('content-length')).toBe(false);
});

test('a body over the limit never reaches the handler', async () => {
  const { response, event } = await ask('/', { method: 'POST', body: Buffer.alloc(6 * 1024 * 1024 + 1) });
  expect(response.status).toBe(413);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(event).toBeUndefined();
});

test.each<[string, HttpHandler]>([
  ['throws', () => Promise.reject(new Error('table cookies-4711 is on fire'))],
  ['answers with a header that HTTP does not allow', async () => ({ headers: { 'x-a': '1', 'x bad': '2' } })],
  ['answers with a status that HTTP does not have', async () => ({ statusCode: 42 })],
])('a handler that %s is answered for, without a word of it', async (_, handler) => {
  const errors = vi.spyOn(console, 'error').mockReturnValue();
  onTestFinished(() => errors.mockRestore());
  const { url } = await serve(handler);
  const response = await fetch(url);
  expect(response.status).toBe(502);
  expect(response.headers.has('x-a')).toBe(false);
  expect(await response.text()).not.toContain('4711');
  expect(errors).toHaveBeenCalledOnce();
});

/** Requests, and what may differ in their answers. */
const requests: readonly (readonly [string, string, RequestOptions])[] = [
  [
    'POST',
    '/orders',
    { body: JSON.stringify({ customer: 'Ada', items: [{ recipe: 'chocolate-chip', quantity: 2 }] }) },
  ],
  ['POST', '/orders', { body: 'cookies please' }],
  ['POST', '/orders', { body: ' '.repeat(20_000) }],
  ['GET', '/orders', { query: { customer: 'Ada', limit: '0' } }],
  ['GET', '/orders/', { query: { customer: 'Bob' } }],
  ['GET', '/recipes', {}],
  ['DELETE', '/recipes', {}],
  ['GET', '/menu', {}],
];

test.each(requests)('%s %s is answered as the function would', async (method, path, options) => {
  const telemetry = telemetryInMemory();
  const dependencies = {
    orders: new OrdersInMemory(),
    recipeBook: new RecipesInMemory(chocolateChip),
    bakeQueue: new QueueInMemory(),
    journal: telemetry.journal,
    clock: () => new Date(0),
  };
  const handler = httpFunction(
    orderingRoutes({
      ...dependencies,
      placeOrder: (request, timeLimit) => placeOrder(request, dependencies, timeLimit),
    }),
    telemetry,
  );
  const { url } = await serve(handler);
  const target = new URL(`${path}?${new URLSearchParams(options.query)}`, url);
  const response = await fetch(target, { method, ...(options.body !== undefined && { body: options.body }) });
  const called: APIGatewayProxyStructuredResultV2 = await handler(httpEvent(method, path, options), testContext());
  const withoutId = (text: string) => text.replaceAll(/[\da-f-]{36}/g, 'ID');
  expect(response.status).toBe(called.statusCode);
  expect(withoutId(await response.text())).toBe(withoutId(called.body ?? ''));
  for (const [name, value] of Object.entries(called.headers ?? {})) {
    expect(withoutId(response.headers.get(name) ?? '')).toBe(withoutId(String(value)));
  }
});

/** A handler that answers when it is told to. */
function slowHandler() {
  const begun = Promise.withResolvers<void>();
  const done = Promise.withResolvers<void>();
  const handler: HttpHandler = async () => {
    begun.resolve();
    await done.promise;
    return { statusCode: 200, body: 'at last' };
  };
  return { handler, begun: begun.promise, finish: done.resolve };
}

test('closing waits for requests in hand and accepts no others, and an open connection keeps nobody', async () => {
  const { handler, begun, finish } = slowHandler();
  const server = await serve(handler);
  const { port } = new URL(server.url);
  const idle = connect(Number(port), '127.0.0.1');
  await once(idle, 'connect');
  const slow = fetch(server.url);
  await begun;
  const closed = server.close();
  await expect(fetch(server.url)).rejects.toThrow();
  finish();
  const response = await slow;
  expect(response.headers.get('connection')).toBe('close');
  expect(await response.text()).toBe('at last');
  expect(await closed).toBe(true);
  idle.destroy();
});

test('a request that takes too long is cut off', async () => {
  const { handler, begun, finish } = slowHandler();
  const server = await serve(handler);
  const slow = fetch(server.url);
  slow.catch(() => undefined);
  await begun;
  expect(await server.close(10)).toBe(false);
  await expect(slow).rejects.toThrow();
  finish();
});

test('a port in use is an error', async () => {
  const { url } = await serve(async () => ({}));
  const { port } = new URL(url);
  await expect(serveHttp(async () => ({}), { port: Number(port) })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

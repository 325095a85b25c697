import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { beforeEach, expect, test } from 'vitest';
import { chocolateChip, OrdersInMemory, QueueInMemory, RecipesInMemory, sabayon } from '../domain/kitchen.fixture.ts';
import { testContext } from '../runtime/context.fixture.ts';
import { httpEvent, type RequestOptions } from '../runtime/http-event.ts';
import { httpFunction } from '../runtime/http-function.ts';
import { telemetryInMemory } from '../runtime/telemetry.fixture.ts';
import { placeOrder } from './place-order.ts';
import { type OrderingDependencies, orderingRoutes } from './routes.ts';

let orders: OrdersInMemory;
let routed: OrderingDependencies;
let telemetry: ReturnType<typeof telemetryInMemory>;

beforeEach(() => {
  orders = new OrdersInMemory();
  const recipeBook = new RecipesInMemory(chocolateChip, sabayon);
  telemetry = telemetryInMemory();
  const dependencies = {
    orders,
    recipeBook,
    bakeQueue: new QueueInMemory(),
    journal: telemetry.journal,
    clock: () => new Date(),
  };
  routed = { placeOrder: (request, timeLimit) => placeOrder(request, dependencies, timeLimit), orders, recipeBook };
});

/** Answers a request the way the handler does, with the ports of the test. */
async function call(method: string, path: string, options?: RequestOptions) {
  const handler = httpFunction(orderingRoutes(routed), telemetry);
  const answer: APIGatewayProxyStructuredResultV2 = await handler(httpEvent(method, path, options), testContext());
  return { ...answer, content: JSON.parse(answer.body ?? '') };
}

const body = JSON.stringify({ customer: 'Ada', items: [{ recipe: 'sabayon', quantity: 2 }] });

test('an order is answered 202, with its place and as it is stored', async () => {
  const { statusCode, headers, content } = await call('POST', '/orders', { body });
  expect(statusCode).toBe(202);
  expect(headers).toEqual({ 'content-type': 'application/json', location: `/orders/${content.orderId}` });
  expect(content).toMatchObject({ customer: 'Ada', status: 'RECEIVED', totalCents: 560 });
  expect(telemetry.lines).toEqual([
    expect.objectContaining({
      level: 'INFO',
      message: 'OrderPlaced',
      orderId: content.orderId,
      function_request_id: testContext().awsRequestId,
    }),
    expect.objectContaining({ OrdersPlaced: 1, CookiesOrdered: 2, service: 'test' }),
  ]);
});

test('a body that came in base64 is read all the same', async () => {
  const encoded = Buffer.from(body).toString('base64');
  expect((await call('POST', '/orders', { body: encoded, isBase64Encoded: true })).statusCode).toBe(202);
});

test('the idempotency key is read from its header, however that is spelt', async () => {
  const keys: (string | undefined)[] = [];
  const { placeOrder: place } = routed;
  routed = {
    ...routed,
    placeOrder: (request, timeLimit) => {
      keys.push(request.idempotencyKey);
      return place(request, timeLimit);
    },
  };
  await call('POST', '/orders', { body, headers: { 'Idempotency-Key': 'one' } });
  await call('POST', '/orders', { body, headers: { 'idempotency-key': 'two' } });
  await call('POST', '/orders', { body });
  expect(keys).toEqual(['one', 'two', undefined]);
});

test('an order is found at its place, with or without a slash at the end', async () => {
  const { headers, content } = await call('POST', '/orders', { body });
  const place = String(headers?.['location']);
  expect(await call('GET', place)).toMatchObject({ statusCode: 200, content: { orderId: content.orderId } });
  expect(await call('GET', `${place}/`)).toMatchObject({ statusCode: 200 });
});

test('a customer sees all orders, page by page, and nobody else their own', async () => {
  for (let i = 0; i < 5; i++) {
    await call('POST', '/orders', { body });
  }
  const first = await call('GET', '/orders', { query: { customer: 'Ada', limit: '3' } });
  const rest = await call('GET', '/orders', { query: { customer: 'Ada', limit: '3', next: first.content.next } });
  expect([first.content.orders.length, rest.content.orders.length]).toEqual([3, 2]);
  expect(rest.content).not.toHaveProperty('next');
  expect((await call('GET', '/orders', { query: { customer: 'Bob' } })).content).toEqual({ orders: [] });
});

test('the recipe book is open to all', async () => {
  expect(await call('GET', '/recipes')).toMatchObject({
    statusCode: 200,
    content: { recipes: [chocolateChip, sabayon] },
  });
});

const order = (content: object) => ({ body: JSON.stringify(content) });
const unknownOrder = '/orders/0f8fad5b-d9cb-469f-a165-70867728950e';

test.each([
  ['not JSON', 'POST', '/orders', { body: 'cookies please' }, 400, 'urn:problem:cookie-factory:not-json', []],
  ['no body', 'POST', '/orders', {}, 400, 'urn:problem:cookie-factory:not-json', []],
  [
    'a body over the limit',
    'POST',
    '/orders',
    { body: ' '.repeat(20_000) },
    413,
    'urn:problem:cookie-factory:body-too-large',
    [],
  ],
  [
    'a bad quantity',
    'POST',
    '/orders',
    order({ customer: 'Ada', items: [{ recipe: 'sabayon', quantity: 10_000 }] }),
    422,
    'urn:problem:cookie-factory:invalid-request',
    [{ field: 'items[0].quantity', message: 'must be a whole number from 1 to 100' }],
  ],
  [
    'an unknown recipe',
    'POST',
    '/orders',
    order({ customer: 'Ada', items: [{ recipe: 'spinach', quantity: 1 }] }),
    422,
    'urn:problem:cookie-factory:unknown-recipe',
    [{ field: 'items[0].recipe', message: '"spinach" is not in the recipe book' }],
  ],
  [
    'a list of nobody',
    'GET',
    '/orders',
    {},
    422,
    'urn:problem:cookie-factory:invalid-request',
    [{ field: 'customer', message: 'must be a text of 1 to 100 characters' }],
  ],
  ['an unknown order', 'GET', unknownOrder, {}, 404, 'urn:problem:cookie-factory:order-not-found', []],
  ['an order that cannot be', 'GET', '/orders/1', {}, 404, 'urn:problem:cookie-factory:order-not-found', []],
  ['an unknown path', 'GET', '/menu', {}, 404, 'about:blank', []],
  ['the root', 'GET', '/', {}, 404, 'about:blank', []],
] as const)('%s', async (_, method, path, options, status, type, errors) => {
  const { statusCode, headers, content } = await call(method, path, options);
  expect(statusCode).toBe(status);
  expect(headers).toEqual({ 'content-type': 'application/problem+json' });
  expect(content).toMatchObject({ type, status, title: expect.any(String), detail: expect.any(String) });
  expect(content.errors ?? []).toEqual(errors);
  expect(orders.orders.size).toBe(0);
});

test.each([
  ['DELETE', '/orders', 'POST, GET'],
  ['PUT', '/orders/1', 'GET'],
  ['POST', '/recipes', 'GET'],
])('%s %s is answered 405, and with what is allowed', async (method, path, allow) => {
  const { statusCode, headers, content } = await call(method, path);
  expect(statusCode).toBe(405);
  expect(headers).toMatchObject({ allow, 'content-type': 'application/problem+json' });
  expect(content).toMatchObject({ title: 'Method Not Allowed', status: 405 });
});

test('what nobody expected is answered 500 without a word of it, and logged with all there is', async () => {
  routed = { ...routed, placeOrder: () => Promise.reject(new Error('table cookies-4711 is on fire')) };
  const { statusCode, body: text, content } = await call('POST', '/orders', { body });
  expect(statusCode).toBe(500);
  expect(content).toMatchObject({ type: 'about:blank', title: 'Internal Server Error', status: 500 });
  expect(text).not.toMatch(/4711|fire|stack|routes/);
  expect(telemetry.lines).toEqual([
    expect.objectContaining({
      level: 'ERROR',
      message: 'RequestFailed',
      error: expect.objectContaining({ message: 'table cookies-4711 is on fire', stack: expect.any(String) }),
    }),
  ]);
});

import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { beforeEach, expect, test } from 'vitest';
import { OrdersInMemory, SatisfactionInMemory, StandingClock } from '../domain/kitchen.fixture.ts';
import { receiveOrder } from '../domain/order.ts';
import { testContext } from '../runtime/context.fixture.ts';
import { httpEvent } from '../runtime/http-event.ts';
import { httpFunction } from '../runtime/http-function.ts';
import { telemetryInMemory } from '../runtime/telemetry.fixture.ts';
import { censusRoutes } from './routes.ts';
import { satisfactionRoutes } from './satisfaction-routes.ts';

let orders: OrdersInMemory;
let satisfaction: SatisfactionInMemory;
let clock: StandingClock;
let telemetry: ReturnType<typeof telemetryInMemory>;
let meanwhile: () => Promise<void>;

beforeEach(() => {
  orders = new OrdersInMemory();
  satisfaction = new SatisfactionInMemory();
  clock = new StandingClock();
  telemetry = telemetryInMemory();
  meanwhile = () => Promise.resolve();
});

const pause = async (milliseconds: number) => {
  await meanwhile();
  clock.passMinutes(milliseconds / 60_000);
};

async function call(method: string, path: string, query?: Record<string, string>, withSatisfaction = true) {
  const routes = [
    ...censusRoutes({ census: orders, journal: telemetry.journal, clock: clock.now, pause }),
    ...(withSatisfaction ? satisfactionRoutes({ satisfaction, promisedSeconds: 60 }) : []),
  ];
  const handler = httpFunction(routes, telemetry);
  const event = httpEvent(method, path, query && { query });
  const answer: APIGatewayProxyStructuredResultV2 = await handler(event, testContext());
  return { ...answer, content: JSON.parse(answer.body ?? '') };
}

async function receive(orderId: string): Promise<void> {
  await orders.add(receiveOrder(orderId, 'Ada', [{ recipe: 'raisin', quantity: 2, priceCents: 110 }], clock.now()));
}

async function bake(orderId: string): Promise<void> {
  const order = orders.orders.get(orderId);
  if (!order) {
    throw new Error(`no order ${orderId}`);
  }
  await orders.recordBake(order, { bakedAt: clock.now().toISOString(), bestBefore: '2026-12-05', voucher: 'v' });
}

test('orders are counted by what became of them', async () => {
  await receive('a');
  await receive('b');
  await receive('c');
  await bake('b');
  expect(await call('GET', '/metrics')).toMatchObject({
    statusCode: 200,
    headers: { 'content-type': 'application/json' },
    content: { orders: { RECEIVED: 2, BAKED: 1 }, cookies: 6 },
  });
});

test.each([{}, { seconds: '1' }])(
  'what cannot be read is counted apart, and named in the log, with %j',
  async (query) => {
    await receive('a');
    const pages = orders.pages.bind(orders);
    orders.pages = async function* () {
      yield { orders: [], unreadable: [{ orderId: 'torso', why: 'it is wrong at items' }] };
      yield* pages();
    };
    expect(await call('GET', '/metrics', query)).toMatchObject({
      statusCode: 200,
      content: { orders: { RECEIVED: 1, BAKED: 0 }, unreadable: 1 },
    });
    expect(telemetry.lines).toContainEqual(
      expect.objectContaining({ level: 'ERROR', message: 'OrderUnreadable', orderId: 'torso' }),
    );
  },
);

test('a sample counts what happened while it was taken, and all there is', async () => {
  await receive('before');
  clock.passMinutes(1);
  meanwhile = async () => {
    await receive('meanwhile');
    await bake('before');
    await bake('meanwhile');
  };
  expect(await call('GET', '/metrics', { seconds: '3' })).toMatchObject({
    statusCode: 200,
    content: { orders: { RECEIVED: 0, BAKED: 2 }, cookies: 4, seconds: 3, placed: 1, baked: 2 },
  });
  expect(clock.now().toISOString()).toBe('2026-11-23T08:01:03.000Z');
});

test('the report is of the notices that were kept', async () => {
  const items = [{ recipe: 'raisin', quantity: 2 }];
  await satisfaction.keep([{ eventId: '1', orderId: 'a', items, bakedAt: '2026-11-23T08:00:00.000Z', waitMs: 60_001 }]);
  expect(await call('GET', '/satisfaction')).toMatchObject({
    statusCode: 200,
    content: { promisedSeconds: 60, orders: 1, inTime: 0, satisfied: 0 },
  });
});

const seconds = { field: 'seconds', message: 'must be a whole number from 1 to 10' };

test.each([
  ['/metrics', { seconds: '0' }, [seconds]],
  ['/metrics', { seconds: '11' }, [seconds]],
  ['/metrics', { seconds: '1.5' }, [seconds]],
  ['/metrics', { seconds: '-1' }, [seconds]],
  ['/metrics', { seconds: '' }, [seconds]],
  ['/metrics', { seconds: '1,2' }, [seconds]],
  ['/metrics', { second: '1' }, [{ field: 'second', message: 'is not known here' }]],
  ['/satisfaction', { hour: '8' }, [{ field: 'hour', message: 'is not known here' }]],
])('%s %j is refused, and says why', async (path, query, errors) => {
  const { statusCode, headers, content } = await call('GET', path, query);
  expect(statusCode).toBe(422);
  expect(headers).toEqual({ 'content-type': 'application/problem+json' });
  expect(content).toMatchObject({ type: 'urn:problem:cookie-factory:invalid-request', errors });
});

test('there is nothing else at this door, and without a satisfaction no satisfaction', async () => {
  expect(await call('GET', '/orders')).toMatchObject({ statusCode: 404 });
  expect(await call('POST', '/metrics')).toMatchObject({ statusCode: 405, headers: { allow: 'GET' } });
  expect(await call('GET', '/satisfaction', undefined, false)).toMatchObject({ statusCode: 404 });
  expect(await call('GET', '/metrics', undefined, false)).toMatchObject({ statusCode: 200 });
});

import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { HandlerExecutionContext } from '@smithy/types';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { beforeEach, expect, test } from 'vitest';
import { DynamoDbBakeRecords } from '../adapters/dynamodb-bake-records.ts';
import { documentsOf } from '../adapters/dynamodb-client.ts';
import { DynamoDbOrderStore } from '../adapters/dynamodb-order-store.ts';
import { useEndpoint } from '../adapters/endpoint.fixture.ts';
import { loseAnswer } from '../adapters/lost-answers.fixture.ts';
import { createOrderTable } from '../adapters/order-table.fixture.ts';
import { SqsBakeQueue } from '../adapters/sqs-bake-queue.ts';
import { orderLimits } from '../domain/contract.ts';
import { chocolateChip, RecipesInMemory, StandingClock, sabayon } from '../domain/kitchen.fixture.ts';
import type { ReceivedOrder } from '../domain/order.ts';
import { testContext } from '../runtime/context.fixture.ts';
import { httpEvent } from '../runtime/http-event.ts';
import { httpFunction } from '../runtime/http-function.ts';
import { telemetryInMemory } from '../runtime/telemetry.fixture.ts';
import { placeOrder } from './place-order.ts';
import { orderingRoutes } from './routes.ts';

/** Requests that come again with their idempotency key, as ordering answers them over HTTP out of a table in DynamoDB. */
const endpoint = useEndpoint();
let factories = 0;
let table: string;
let dynamoDb: DynamoDBClient;
let orders: DynamoDbOrderStore;
let handler: ReturnType<typeof httpFunction>;
let telemetry: ReturnType<typeof telemetryInMemory>;
let clock: StandingClock;
/** The calls of ordering, by the name of their command. */
let calls: string[];

const noteCall =
  <Args, Answer>(next: (args: Args) => Promise<Answer>, { commandName = '' }: HandlerExecutionContext) =>
  (args: Args): Promise<Answer> => {
    calls.push(commandName);
    return next(args);
  };

beforeEach(async () => {
  table = `orders-${++factories}`;
  dynamoDb = await createOrderTable(endpoint(), table);
  const sqs = new SQSClient({ ...endpoint(), useQueueUrlAsEndpoint: false });
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: `bake-${factories}` }));
  calls = [];
  dynamoDb.middlewareStack.add(noteCall, { step: 'initialize' });
  sqs.middlewareStack.add(noteCall, { step: 'initialize' });
  orders = new DynamoDbOrderStore(documentsOf(dynamoDb), table);
  const bakeQueue = new SqsBakeQueue(sqs, QueueUrl);
  const recipeBook = new RecipesInMemory(chocolateChip, sabayon);
  telemetry = telemetryInMemory();
  clock = new StandingClock();
  const dependencies = { orders, bakeQueue, recipeBook, journal: telemetry.journal, clock: clock.now };
  const routes = orderingRoutes({
    placeOrder: (request, timeLimit) => placeOrder(request, dependencies, timeLimit),
    ...{ orders, recipeBook },
  });
  handler = httpFunction(routes, telemetry);
});

const breakfast = { customer: 'Ada', items: [{ recipe: 'sabayon', quantity: 2 }] };

async function post(body: object = breakfast, key = 'breakfast'): Promise<APIGatewayProxyStructuredResultV2> {
  const headers = { 'idempotency-key': key };
  return await handler(httpEvent('POST', '/orders', { headers, body: JSON.stringify(body) }), testContext());
}

const orderIn = ({ body = '' }: APIGatewayProxyStructuredResultV2) => JSON.parse(body) as ReceivedOrder;
const announced = () => telemetry.lines.filter(({ message }) => message === 'OrderPlaced');

test('an order with a key costs two writes of the table and a message; one that comes again costs no change', async () => {
  await post();
  expect(calls).toEqual(['PutItemCommand', 'SendMessageCommand', 'UpdateItemCommand']);
  calls.length = 0;
  await post();
  expect(calls).toEqual(['PutItemCommand', 'GetItemCommand']);
});

const largest = {
  customer: 'Zoë 🍪 '.repeat(20).slice(0, orderLimits.customer).trim(),
  items: Array.from({ length: orderLimits.items }, (_, n) => ({
    recipe: n % 2 === 0 ? 'sabayon' : 'chocolate-chip',
    quantity: orderLimits.quantity - n,
  })),
};

test.each([
  ['an order', breakfast],
  ['the largest order', largest],
])('%s that comes again is answered with the same bytes, while it waits and when it is baked', async (_, body) => {
  const first = await post(body);
  expect(first).toMatchObject({ statusCode: 202, headers: { location: `/orders/${orderIn(first).orderId}` } });
  clock.passMinutes(60);
  expect(await post(body)).toEqual(first);
  const bake = { bakedAt: clock.now().toISOString(), bestBefore: '2026-12-01', voucher: 'ab' };
  await new DynamoDbBakeRecords(documentsOf(dynamoDb), table).recordBake(orderIn(first), bake);
  expect(await post(body)).toEqual(first);
  expect(await orders.find(orderIn(first).orderId)).toMatchObject({ status: 'BAKED', ...bake });
});

test('how a body is written does not matter, only what it asks for', async () => {
  const first = await post();
  const { customer, items } = breakfast;
  expect(await post({ items: items.map(({ recipe, quantity }) => ({ quantity, recipe })), customer })).toEqual(first);
});

test('the same key with another body is refused, and changes nothing', async () => {
  const first = await post();
  const stored = await orders.find(orderIn(first).orderId);
  const refused = await post({ ...breakfast, customer: 'Eve' });
  expect(refused.statusCode).toBe(422);
  expect(JSON.parse(refused.body ?? '')).toMatchObject({
    type: 'urn:problem:cookie-factory:idempotency-key-reused',
    errors: [{ field: 'Idempotency-Key' }],
  });
  expect(await orders.find(orderIn(first).orderId)).toEqual(stored);
});

test('requests that come at the same time make one order, announced once and queued once', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => post()));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(answers[0]?.statusCode).toBe(202);
  expect(announced()).toHaveLength(1);
  expect(calls.filter((name) => name === 'SendMessageCommand')).toHaveLength(1);
});

test('of different requests that come at the same time with one key, one makes an order', async () => {
  const answers = await Promise.all(['Ada', 'Eve', 'Bob'].map((customer) => post({ ...breakfast, customer })));
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([202, 422, 422]);
  expect(announced()).toHaveLength(1);
});

test.each(['PutItemCommand', 'UpdateItemCommand'])(
  'an order is placed once although the answer to its %s was lost',
  async (commandName) => {
    loseAnswer(dynamoDb, commandName);
    const first = await post();
    expect(first.statusCode).toBe(202);
    expect(await orders.find(orderIn(first).orderId)).toHaveProperty('queuedAt');
    expect(await post()).toEqual(first);
    expect(announced()).toHaveLength(1);
    expect(calls.filter((name) => name === 'SendMessageCommand')).toHaveLength(1);
  },
);

test("an order is not taken for one's own where the answer to the put of another was lost", async () => {
  await post();
  loseAnswer(dynamoDb, 'PutItemCommand');
  expect((await post({ ...breakfast, customer: 'Eve' })).statusCode).toBe(422);
});

test('an order that was stored and never queued is queued by a request that comes once the first must be over', async () => {
  const first = await post();
  const { orderId } = orderIn(first);
  const stored = orderIn(first);
  await documentsOf(dynamoDb).send(new PutCommand({ TableName: table, Item: stored }));
  calls.length = 0;
  expect(await post()).toEqual(first);
  expect(calls).not.toContain('SendMessageCommand');
  clock.passMinutes(2);
  expect(await post()).toEqual(first);
  expect(await post()).toEqual(first);
  expect(calls.filter((name) => name === 'SendMessageCommand')).toHaveLength(1);
  expect(await orders.find(orderId)).toEqual({ ...stored, queuedAt: clock.now().toISOString() });
});

test('without a key every order is a new one', async () => {
  const place = () => handler(httpEvent('POST', '/orders', { body: JSON.stringify(breakfast) }), testContext());
  const placed = [await place(), await place()];
  expect(new Set(placed.map((answer) => orderIn(answer).orderId)).size).toBe(2);
});

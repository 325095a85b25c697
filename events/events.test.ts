import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { CloudWatchLogsSchema } from '@aws-lambda-powertools/parser/schemas/cloudwatch';
import { EventBridgeSchema } from '@aws-lambda-powertools/parser/schemas/eventbridge';
import { LambdaFunctionUrlSchema } from '@aws-lambda-powertools/parser/schemas/lambda';
import { SqsSchema } from '@aws-lambda-powertools/parser/schemas/sqs';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, SQSEvent } from 'aws-lambda';
import { expect, test } from 'vitest';
import { readRecipes } from '../functions/adapters/recipe-document.ts';
import { noteBakes } from '../functions/analytics/note-bakes.ts';
import { openShift } from '../functions/baking/bake-batch.ts';
import { readTicket } from '../functions/baking/schema.ts';
import { readTask } from '../functions/cleanup/schema.ts';
import {
  OrdersInMemory,
  OvenInMemory,
  QueueInMemory,
  RecipesInMemory,
  SatisfactionInMemory,
} from '../functions/domain/kitchen.fixture.ts';
import { newOrderId } from '../functions/domain/order-id.ts';
import { censusRoutes } from '../functions/metrics/routes.ts';
import { satisfactionRoutes } from '../functions/metrics/satisfaction-routes.ts';
import { placeOrder } from '../functions/ordering/place-order.ts';
import { orderingRoutes } from '../functions/ordering/routes.ts';
import { readOrderRequest } from '../functions/ordering/schema.ts';
import { testContext } from '../functions/runtime/context.fixture.ts';
import { httpFunction } from '../functions/runtime/http-function.ts';
import { logsFunction } from '../functions/runtime/logs-function.ts';
import { queueFunction } from '../functions/runtime/queue-function.ts';
import { telemetryInMemory } from '../functions/runtime/telemetry.fixture.ts';

/**
 * Every sample is what AWS would send (Powertools knows the envelopes), and is taken or refused as its name says. A sample
 * that no table here names fails a test.
 */
const read = (path: string): unknown => JSON.parse(readFileSync(join(import.meta.dirname, path), 'utf8'));

const houseRecipes = [
  ...readRecipes(readFileSync(join(import.meta.dirname, '../infra/house-recipes.json'), 'utf8'), 'the house').values(),
];
const recipeBook = () => new RecipesInMemory(...houseRecipes);

const answers = {
  'place-order.json': 202,
  'place-big-order.json': 202,
  'repeat-order.json': 202,
  'read-order.json': 200,
  'list-orders.json': 200,
  'list-recipes.json': 200,
  'not-json.json': 400,
  'unknown-order.json': 404,
  'unknown-path.json': 404,
  'wrong-method.json': 405,
  'too-large.json': 413,
  'bad-quantity.json': 422,
  'unknown-member.json': 422,
  'unknown-recipe.json': 422,
};

/** Positions of the messages that fail, and of those the ones that cannot even be read. */
const batches = {
  'one-order.json': { failing: [], unreadable: [] },
  'good-batch.json': { failing: [], unreadable: [] },
  'mixed-batch.json': { failing: [1, 3], unreadable: [1] },
  'poisoned-batch.json': { failing: [0, 1, 2, 3], unreadable: [0, 1, 2, 3] },
};

const tasks = {
  'schedule.json': { dryRun: false },
  'admin-request.json': { dryRun: false },
  'dry-run.json': { dryRun: true },
};

const counts = {
  'count.json': 200,
  'sample.json': 200,
  'satisfaction.json': 200,
  'bad-seconds.json': 422,
};

/** How many orders are noted, and how many lines skipped. */
const logs = {
  'baked-orders': { noted: 3, skipped: 0 },
  'mixed-lines': { noted: 1, skipped: 3 },
  'control-message': { noted: 0, skipped: 0 },
};

test.each([
  ['ordering', Object.keys(answers)],
  ['metrics', Object.keys(counts)],
  ['analytics', Object.keys(logs).flatMap((name) => [`${name}.json`, `${name}.decoded.json`])],
  ['baking', Object.keys(batches)],
  ['cleanup', Object.keys(tasks)],
])('every sample of %s is tested', (folder, files) => {
  expect(readdirSync(join(import.meta.dirname, folder)).sort()).toEqual(files.sort());
});

test.each(Object.entries(answers))('ordering answers %s with %d', async (file, status) => {
  const telemetry = telemetryInMemory();
  const orders = new OrdersInMemory();
  const dependencies = {
    orders,
    recipeBook: recipeBook(),
    bakeQueue: new QueueInMemory(),
    journal: telemetry.journal,
    clock: () => new Date(),
  };
  const routes = orderingRoutes({
    ...dependencies,
    placeOrder: (request, timeLimit) => placeOrder(request, dependencies, timeLimit),
  });
  const handler = httpFunction(routes, telemetry);
  const send = async (sample: string): Promise<APIGatewayProxyStructuredResultV2> => {
    const event = read(`ordering/${sample}`);
    LambdaFunctionUrlSchema.parse(event);
    return await handler(event as APIGatewayProxyEventV2, testContext());
  };
  await send('repeat-order.json');
  expect((await send(file)).statusCode).toBe(status);
});

test('the order that is read is the one that is repeated', async () => {
  const { headers } = LambdaFunctionUrlSchema.parse(read('ordering/repeat-order.json'));
  const { rawPath } = LambdaFunctionUrlSchema.parse(read('ordering/read-order.json'));
  expect(rawPath).toBe(`/orders/${await newOrderId(headers['idempotency-key'])}`);
});

test('the big order has every cookie of the house', () => {
  const { body } = LambdaFunctionUrlSchema.parse(read('ordering/place-big-order.json'));
  const { items } = readOrderRequest(body ?? '', undefined);
  expect(items.map(({ recipe }) => recipe)).toEqual(houseRecipes.map(({ name }) => name));
});

test.each(Object.entries(batches))('of %s exactly the messages that cannot be baked fail', async (file, expected) => {
  const event = read(`baking/${file}`) as SQSEvent;
  const { Records } = SqsSchema.parse(event);
  const unreadable = [...Records.keys()].filter((index) => !isReadable(Records[index]?.body ?? ''));
  expect(unreadable).toEqual(expected.unreadable);

  const telemetry = telemetryInMemory();
  const kitchen = {
    orders: new OrdersInMemory(),
    recipeBook: recipeBook(),
    oven: new OvenInMemory(),
    ovenTime: { milliseconds: () => Promise.resolve(0) },
    supplierKey: { signer: () => Promise.resolve(() => 'signed') },
    journal: telemetry.journal,
    clock: () => new Date(),
  };
  const handler = queueFunction((stop) => openShift(kitchen, stop), telemetry);
  const { batchItemFailures } = await handler(event, testContext());
  expect(batchItemFailures).toEqual(expected.failing.map((index) => ({ itemIdentifier: Records[index]?.messageId })));
});

test.each(Object.entries(counts))('metrics answers %s with %d', async (file, status) => {
  const event = read(`metrics/${file}`);
  LambdaFunctionUrlSchema.parse(event);
  const telemetry = telemetryInMemory();
  const { journal } = telemetry;
  const counter = { census: new OrdersInMemory(), journal, clock: () => new Date(), pause: () => Promise.resolve() };
  const dependencies = { satisfaction: new SatisfactionInMemory(), promisedSeconds: 60 };
  const handler = httpFunction([...censusRoutes(counter), ...satisfactionRoutes(dependencies)], telemetry);
  expect(await handler(event as APIGatewayProxyEventV2, testContext())).toMatchObject({ statusCode: status });
});

test.each(Object.keys(logs))('%s is what its decoded twin says', (name) => {
  const event = read(`analytics/${name}.json`) as { awslogs: { data: string } };
  const decoded = read(`analytics/${name}.decoded.json`);
  expect(JSON.parse(gunzipSync(Buffer.from(event.awslogs.data, 'base64')).toString())).toEqual(decoded);
});

test.each(Object.entries(logs))('analytics finds %s to be %j', async (name, { noted, skipped }) => {
  const event = read(`analytics/${name}.json`);
  if (noted > 0) {
    CloudWatchLogsSchema.parse(event);
  }
  const telemetry = telemetryInMemory();
  const satisfaction = new SatisfactionInMemory();
  const handler = logsFunction((lines) => noteBakes(lines, { satisfaction, journal: telemetry.journal }), telemetry);
  await handler(event, testContext());
  await handler(event, testContext());
  expect(satisfaction.notices.size).toBe(noted);
  const told = telemetry.lines.filter(({ message }) => message === 'BakesNoted');
  expect(told).toMatchObject(
    noted > 0
      ? [
          { noted, skipped },
          { noted, skipped },
        ]
      : [],
  );
});

test.each(Object.entries(tasks))('cleanup takes %s for what it is', (file, task) => {
  expect(readTask(read(`cleanup/${file}`))).toEqual(task);
});

test('the schedule is an event of EventBridge', () => {
  expect(() => EventBridgeSchema.parse(read('cleanup/schedule.json'))).not.toThrow();
});

function isReadable(body: string): boolean {
  try {
    readTicket(body);
    return true;
  } catch {
    return false;
  }
}

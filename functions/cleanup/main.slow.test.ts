import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { orderTable } from '../adapters/contract.ts';
import { documentsOf } from '../adapters/dynamodb-client.ts';
import { DynamoDbOrderStore } from '../adapters/dynamodb-order-store.ts';
import { createTable, useEndpoint } from '../adapters/endpoint.fixture.ts';
import { receiveOrder } from '../domain/order.ts';
import { cleanupEnvironment } from './environment.fixture.ts';

const endpoint = useEndpoint();
let environment: NodeJS.ProcessEnv;
let orders: DynamoDbOrderStore;
let queue: SQSClient;

beforeAll(async () => {
  const client = await createTable(endpoint(), {
    TableName: 'orders',
    KeySchema: [{ AttributeName: orderTable.partitionKey, KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: orderTable.partitionKey, AttributeType: 'S' }],
  });
  orders = new DynamoDbOrderStore(documentsOf(client), 'orders');
  queue = new SQSClient({ ...endpoint(), useQueueUrlAsEndpoint: false });
  const { QueueUrl = '' } = await queue.send(new CreateQueueCommand({ QueueName: 'bake' }));
  environment = {
    PATH: process.env['PATH'],
    SystemRoot: process.env['SystemRoot'],
    NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
    ...cleanupEnvironment(endpoint(), QueueUrl),
  };
});

async function run(args: readonly string[] = [], changes: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], {
    env: { ...environment, ...changes },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = once(child, 'close');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  const lines = stdout.trim().split('\n');
  return { code: child.exitCode, lines, report: JSON.parse(lines.at(-1) || 'null'), stderr };
}

test('it starts, cleans, reports with the release that cleaned, and is gone', async () => {
  const items = [{ recipe: 'raisin', quantity: 1, priceCents: 110 }];
  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
  await orders.add(receiveOrder('expired', 'Ada', items, minutesAgo(121)));
  await orders.add(receiveOrder('forgotten', 'Ada', items, minutesAgo(6)));
  await orders.add(receiveOrder('new', 'Ada', items, minutesAgo(0)));
  const wouldDo = { removed: { baked: 0, expired: 1 }, requeued: 1, examined: 3, complete: true, release: '4711' };

  expect(await run(['--dry-run'])).toMatchObject({ code: 0, report: { ...wouldDo, dryRun: true }, stderr: '' });
  expect(await orders.find('expired')).toBeDefined();

  const { code, report, lines } = await run();
  expect([code, report]).toEqual([0, { ...wouldDo, unreadable: 0, failed: 0, dryRun: false }]);
  expect(lines.map((line) => JSON.parse(line).message)).toEqual(
    expect.arrayContaining(['OrderRemoved', 'OrderRequeued', 'CleanedUp']),
  );
  expect(await orders.find('expired')).toBeUndefined();
  const { Messages = [] } = await queue.send(
    new ReceiveMessageCommand({ QueueUrl: environment['BAKE_QUEUE_URL'], WaitTimeSeconds: 20 }),
  );
  expect(Messages).toHaveLength(1);

  expect(await run()).toMatchObject({
    code: 0,
    report: { removed: { baked: 0, expired: 0 }, requeued: 0, examined: 2 },
  });
});

test('an order that cannot be read is left, named, and told by the exit code; the others are seen to', async () => {
  const documents = documentsOf(new DynamoDBClient(endpoint()));
  const torso = { orderId: 'torso', status: 'RECEIVED', placedAt: new Date(0).toISOString() };
  await documents.send(new PutCommand({ TableName: 'orders', Item: torso }));
  onTestFinished(async () => {
    await documents.send(new DeleteCommand({ TableName: 'orders', Key: { orderId: 'torso' } }));
  });
  await orders.add(receiveOrder('expired', 'Ada', [{ recipe: 'raisin', quantity: 1, priceCents: 110 }], new Date(0)));
  const { code, report, stderr } = await run();
  expect([code, report]).toMatchObject([2, { removed: { expired: 1 }, unreadable: 1, failed: 0 }]);
  const [named, told] = stderr.split('\n');
  expect(JSON.parse(named ?? '')).toMatchObject({ message: 'OrderUnreadable', orderId: 'torso' });
  expect(told).toBe('Cleanup left orders behind: 1 unreadable, 0 failed. The log names them.');
});

test.each([
  ['a variable that is missing', [], { ORDER_TABLE: '' }, /not set: ORDER_TABLE/],
  ['a table that is not there', [], { ORDER_TABLE: 'gone' }, /./],
  ['an endpoint that is down', [], { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }, /ECONNREFUSED/],
  ['an option it does not know', ['--quickly'], {}, /--quickly/],
])('%s fails it, in one line', async (_, args, changes, says) => {
  const { code, stderr } = await run(args, changes);
  expect(stderr).toMatch(/^Cleanup failed: .+\n$/);
  expect(stderr).toMatch(says);
  expect(code).toBe(1);
});

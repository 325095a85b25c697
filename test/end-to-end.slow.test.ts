import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ReceiveMessageCommand, SendMessageCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type Emulator, startEmulator } from 'embedded-aws';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { runCdk } from '../client/cdk/cdk-cli.ts';
import { environmentFor } from '../client/endpoint/aws-environment.ts';
import { clientConfiguration } from '../client/endpoint/client-configuration.ts';
import { type FactoryOutputs, factoryOnly, factoryOutputs } from '../client/factory/deployed-factory.ts';
import { followOrder, type OrderBody, placeAcceptedOrder } from '../client/factory/order-client.ts';
import { countDeadLetters, eventIdsOf, placeInStorm, sweepUp } from './storm.ts';

/**
 * The whole factory on the embedded AWS, deployed by the real CDK CLI. The tests are one story, in its order:
 * deploy, order, bake, poison, clean up, deploy again, destroy, and nothing is left.
 */
const project = join(import.meta.dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'cookie-factory-'));
const temporary = join(scratch, 'tmp');
let emulator: Emulator;
let factory: FactoryOutputs;

beforeAll(async () => {
  // What the endpoint writes, it writes below this folder, so that the last test can see that nothing is left of it.
  mkdirSync(temporary);
  for (const variable of ['TMPDIR', 'TMP', 'TEMP']) {
    vi.stubEnv(variable, temporary);
  }
  emulator = await startEmulator({ port: 0, faults: true });
});

afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(scratch, { recursive: true, force: true });
});

const assembly = join(scratch, 'cdk.out');
/** Of the finished factory alone, which is all that is deployed. */
const anew = ['--output', assembly, ...factoryOnly];
/** What was synthesised last. */
const ready = ['--app', assembly, '--build', ''];

async function cdk(...args: string[]): Promise<{ readonly code: number; readonly output: string }> {
  const lines: string[] = [];
  const environment = { ...environmentFor(emulator.url), CDK_HOME: scratch, NO_COLOR: '1', CI: 'true' };
  const code = await runCdk(args, {
    environment,
    onLine: (line) => lines.push(line),
  });
  return { code, output: lines.join('\n') };
}

/** What failed comes back after so many seconds, as often as it is tried. */
async function hideMessagesFor(seconds: number): Promise<void> {
  const client = new SQSClient({ ...clientConfiguration(emulator.url), useQueueUrlAsEndpoint: false });
  const Attributes = { VisibilityTimeout: String(seconds) };
  await client.send(new SetQueueAttributesCommand({ QueueUrl: factory['BakeQueueUrl'], Attributes }));
  client.destroy();
}

/** What the sample event orders. */
function sampleOrder(): OrderBody {
  const event = readFileSync(join(project, 'events', 'ordering', 'place-order.json'), 'utf8');
  return JSON.parse((JSON.parse(event) as { body: string }).body) as OrderBody;
}

test('the CDK CLI deploys the factory', async () => {
  const { code, output } = await cdk('deploy', 'Factor12/*', '--output', assembly);
  expect(code, output).toBe(0);
  const outputs = await factoryOutputs(emulator.url);
  expect(outputs).toBeDefined();
  if (outputs) {
    factory = outputs;
  }
});

test('an order placed over HTTP is baked', async () => {
  const placed = await placeAcceptedOrder(factory.OrderingUrl, sampleOrder());
  expect(placed.status).toBe('RECEIVED');
  const { order } = await followOrder(factory.OrderingUrl, placed.orderId);
  expect(order).toMatchObject({ orderId: placed.orderId, items: placed.items, status: 'BAKED' });
});

// A hundred orders start as many environments as there may be, which takes two cores most of the time.
test('of a hundred orders placed at once each is baked', async () => {
  const placed = await Promise.all(
    Array.from({ length: 100 }, () => placeAcceptedOrder(factory.OrderingUrl, sampleOrder())),
  );
  const baked = await Promise.all(placed.map(({ orderId }) => followOrder(factory.OrderingUrl, orderId)));
  expect(new Set(baked.map(({ order }) => order.orderId)).size).toBe(100);
});

test('in a storm no order is lost, none is baked unsaid, and none that is healthy is put aside', async () => {
  // What a killed process had in hand comes back after this; the deployed minute would make this test as long.
  await hideMessagesFor(2);
  const placed = await placeInStorm(emulator.url, factory);
  const swept = await sweepUp(emulator.url, factory);
  await Promise.all(placed.map(({ orderId }) => followOrder(factory.OrderingUrl, orderId)));
  expect(await countDeadLetters(emulator.url, factory)).toBe(0);

  const orderIds = placed.map(({ orderId }) => orderId);
  expect(new Set(orderIds).size).toBe(placed.length);
  const said = {
    OrderPlaced: await eventIdsOf(emulator.url, factory['OrderingFunction'] ?? '', 'OrderPlaced'),
    OrderBaked: await eventIdsOf(emulator.url, factory['BakingFunction'] ?? '', 'OrderBaked'),
  };
  for (const event of swept) {
    if (event.event === 'OrderPlaced') {
      said.OrderPlaced.set(event.orderId, (said.OrderPlaced.get(event.orderId) ?? new Set()).add(event.eventId));
    }
  }
  for (const [event, ids] of Object.entries(said)) {
    const ofEach = orderIds.map((orderId) => [...(ids.get(orderId) ?? [])]);
    expect(ofEach).toEqual(orderIds.map((orderId) => [expect.stringContaining(`${event} ${orderId} `)]));
  }
  // However often it was said: each order that was ever baked here counts once.
  const satisfied = async () => (await fetch(new URL('/satisfaction', factory['MetricsUrl']))).json();
  await expect.poll(satisfied).toMatchObject({ orders: said.OrderBaked.size });
});

test('a poisoned message ends in the dead-letter queue, and the good one beside it is baked', async () => {
  const client = new SQSClient({ ...clientConfiguration(emulator.url), useQueueUrlAsEndpoint: false });
  const QueueUrl = factory['BakeQueueUrl'];
  await hideMessagesFor(1);
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'not an order' }));
  const placed = await placeAcceptedOrder(factory.OrderingUrl, sampleOrder());
  await followOrder(factory.OrderingUrl, placed.orderId);
  const deadLetters = async () => {
    const receive = { QueueUrl: factory['BakeDeadLetterQueueUrl'], WaitTimeSeconds: 20 };
    const { Messages = [] } = await client.send(new ReceiveMessageCommand(receive));
    return Messages.map(({ Body }) => Body);
  };
  await expect.poll(deadLetters).toEqual(['not an order']);
  client.destroy();
});

test('cleanup runs on demand and reports what it did', async () => {
  const client = new LambdaClient(clientConfiguration(emulator.url));
  const answer = await client.send(
    new InvokeCommand({
      FunctionName: factory['CleanupFunction'],
      Payload: Buffer.from(JSON.stringify({ task: 'cleanup' })),
    }),
  );
  expect(answer.FunctionError, answer.Payload?.transformToString()).toBeUndefined();
  expect(JSON.parse(answer.Payload?.transformToString() ?? '')).toMatchObject({ complete: true });
  client.destroy();
});

test('a second deploy finds nothing to change', async () => {
  const { code, output } = await cdk('deploy', 'Factor12/*', ...anew);
  expect(code, output).toBe(0);
  expect(output).toContain('(no changes)');
});

test('destroy removes it all', async () => {
  const { code, output } = await cdk('destroy', 'Factor12/*', '--force', ...ready);
  expect(code, output).toBe(0);
  expect(await factoryOutputs(emulator.url)).toBeUndefined();
  await expect(fetch(factory.OrderingUrl)).rejects.toThrow();
});

test('closing the endpoint leaves no process, no port and no file behind', async () => {
  await emulator.close();
  await expect(fetch(emulator.url)).rejects.toThrow();
  expect(functionProcesses()).toEqual([]);
  expect(readdirSync(temporary)).toEqual([]);
});

/** This process's children that run a function, where the platform can tell. */
function functionProcesses(): string[] {
  if (process.platform === 'win32') {
    return [];
  }
  const processes = process.platform === 'linux' ? linuxProcesses() : listedProcesses();
  return processes.filter((line) => line.startsWith(`${process.pid} `) && line.includes('bootstrap.mjs'));
}

/** Each process as its parent's id and its arguments. Images such as Lambda's have no `ps`. */
function linuxProcesses(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((id) => {
      try {
        const parent = /\) \S (\d+) /.exec(readFileSync(`/proc/${id}/stat`, 'utf8'))?.[1];
        return `${parent} ${readFileSync(`/proc/${id}/cmdline`, 'utf8').replaceAll('\0', ' ')}`;
      } catch {
        // It ended meanwhile.
        return [];
      }
    });
}

function listedProcesses(): string[] {
  const list = execFileSync('ps', ['-A', '-o', 'ppid=,args='], { encoding: 'utf8' });
  return list.split('\n').map((line) => line.trimStart());
}

import { existsSync } from 'node:fs';
import { SQS } from '@aws-sdk/client-sqs';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startEndpoint } from './endpoint.fixture.ts';
import { isAlive } from './services/lambda/lambda.fixture.ts';

async function start(options: { readonly faults?: boolean } = {}) {
  const endpoint = await startEndpoint(options);
  return {
    ...endpoint,
    ask: async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const answer = await fetch(`${endpoint.url}/_emulator/faults/${path}`, {
        method,
        headers,
        ...(text !== undefined && { body: text }),
      });
      return { status: answer.status, ...((await answer.json()) as { id?: string; environments?: unknown[] }) };
    },
  };
}

/** Hands out the keys of its environment. */
const keys = `export const handler = async () => {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = process.env;
  return { accessKeyId, secretAccessKey, sessionToken };
};`;

/** Writes into its temporary directory and names it; then takes its time. */
const dumps = `import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
export const handler = async ({ ms = 0 }) => {
  writeFileSync(join(tmpdir(), 'dump'), 'crumbs');
  await new Promise((resolve) => setTimeout(resolve, ms));
  return { directory: tmpdir(), processId: process.pid };
};`;

test('closed on request: then it is a page like any that is not there', async () => {
  const { ask } = await start({ faults: false });
  const unknown = { status: 404, error: 'There is no /_emulator/faults/kill.' };
  expect(await ask('POST', 'kill', { function: 'f' })).toEqual(unknown);
});

test('environments are shown with what they have left on disk, and killed at work', async () => {
  const { ask, deploy, invoke } = await start();
  await deploy('f', dumps);
  expect(await ask('GET', 'environments?function=f')).toEqual({ status: 200, environments: [] });
  const { directory, processId } = await invoke('f');
  const { environments } = await ask('GET', 'environments?function=f');
  const id = expect.stringMatching(/^[0-9a-f]{32}$/);
  expect(environments).toEqual([{ id, processId, busy: false, version: '$LATEST', temporaryDirectory: directory }]);
  expect(existsSync(`${directory}/dump`)).toBe(true);

  const atWork = invoke('f', { ms: 15_000 });
  await vi.waitFor(async () =>
    expect((await ask('GET', 'environments?function=f')).environments).toMatchObject([{ busy: true }]),
  );
  expect(await ask('POST', 'kill', { function: 'f' })).toEqual({ status: 200, killed: 1 });
  expect(isAlive(processId)).toBe(false);
  expect(existsSync(directory)).toBe(false);
  expect((await atWork).errorType).toBe('Runtime.ExitError');
  expect(await ask('GET', 'environments?function=f')).toEqual({ status: 200, environments: [] });
  expect((await invoke('f')).processId).not.toBe(processId);
});

test('one environment is killed by its id, and the others are not', async () => {
  const { ask, deploy, invoke } = await start();
  await deploy('f', dumps);
  await Promise.all([invoke('f', { ms: 300 }), invoke('f', { ms: 300 })]);
  const { environments = [] } = await ask('GET', 'environments?function=f');
  const [first, second] = environments as { id: string }[];
  expect(await ask('POST', 'kill', { function: 'f', environment: first?.id })).toEqual({ status: 200, killed: 1 });
  expect((await ask('GET', 'environments?function=f')).environments).toMatchObject([{ id: second?.id }]);
  expect(await ask('POST', 'kill', { function: 'f', environment: first?.id })).toEqual({ status: 200, killed: 0 });
  expect(await ask('POST', 'kill', { function: 'f', environment: 'x' })).toMatchObject({ status: 400 });
});

test('a share of the calls meets a fault, evenly spread', async () => {
  const { ask, sqs, queue } = await start();
  const { url: QueueUrl } = await queue('q');
  await ask('POST', 'calls', { call: 'sqs:SendMessage', times: 100, share: 0.25, fail: 'InternalError' });
  const failed: boolean[] = [];
  for (let i = 0; i < 8; i++) {
    const send = sqs.sendMessage({ QueueUrl, MessageBody: 'x' });
    failed.push(await send.then(() => false).catch(() => true));
  }
  expect(failed).toEqual([false, false, false, true, false, false, false, true]);
  const everyCall = { call: 'sqs:SendMessage', times: 1, share: 0, fail: 'InternalError' };
  expect(await ask('POST', 'calls', everyCall)).toMatchObject({ status: 400 });
});

test('the environment that is given the next invocation is killed with it, and no other', async () => {
  const { ask, deploy, invoke } = await start();
  await deploy('f', dumps);
  const { processId } = await invoke('f');
  expect(await ask('POST', 'kill-at-work', { function: 'f', times: 1 })).toEqual({ status: 200, times: 1 });
  expect(isAlive(processId)).toBe(true);
  expect(await invoke('f')).toMatchObject({ errorType: 'Runtime.ExitError' });
  expect(isAlive(processId)).toBe(false);
  const next = await invoke('f');
  expect(next.processId).toBeGreaterThan(0);
  await ask('POST', 'kill-at-work', { function: 'f', times: 1 });
  await ask('POST', 'kill-at-work', { function: 'f', times: 0 });
  expect(await invoke('f')).toEqual(next);
});

test('calls fail with the error that is named, as often as is said, and succeed again', async () => {
  const { ask, sqs, dynamodb } = await start();
  const { QueueUrl = '' } = await sqs.createQueue({ QueueName: 'bake' });
  const send = () => sqs.sendMessage({ QueueUrl, MessageBody: 'order' });
  const { id } = await ask('POST', 'calls', { call: 'sqs:SendMessage', times: 2, fail: 'ServiceUnavailable' });
  for (let i = 0; i < 2; i++) {
    await expect(send()).rejects.toMatchObject({ name: 'ServiceUnavailable', $metadata: { httpStatusCode: 503 } });
  }
  await send();
  expect(await ask('DELETE', `calls/${id}`)).toMatchObject({ status: 200, id, applied: 2 });

  // An error of the service's own model is the one that its client knows.
  await ask('POST', 'calls', { call: 'dynamodb:PutItem', times: 1, fail: 'ProvisionedThroughputExceededException' });
  const put = dynamodb.putItem({ TableName: 'orders', Item: { id: { S: '1' } } });
  await expect(put).rejects.toMatchObject({
    name: 'ProvisionedThroughputExceededException',
    $metadata: { httpStatusCode: 400 },
  });
});

test('a fault that is taken back harms nobody', async () => {
  const { ask, sqs } = await start();
  await sqs.listQueues({});
  const fault = { call: 'sqs:ListQueues', times: 5, fail: 'AccessDenied' };
  const { id } = await ask('POST', 'calls', fault);
  expect(await ask('GET', 'calls')).toEqual({ status: 200, faults: [{ id, ...fault, applied: 0 }] });
  await ask('DELETE', `calls/${id}`);
  await sqs.listQueues({});
  expect(await ask('DELETE', `calls/${id}`)).toMatchObject({ status: 404 });
});

test('calls are kept waiting', async () => {
  const { ask, sqs } = await start();
  await sqs.listQueues({});
  await ask('POST', 'calls', { call: 'sqs:ListQueues', times: 1, delayMs: 300 });
  const startedAt = performance.now();
  await sqs.listQueues({});
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(299);
});

test('a fault may mean the calls of one function only, though another has the same role', async () => {
  const { ask, sqs, deploy, invoke, url } = await start();
  const { QueueUrl = '' } = await sqs.createQueue({ QueueName: 'bake' });
  /** Sends an order with the keys of a function's environment. */
  const send = async (name: string): Promise<number | undefined> => {
    const client = new SQS({ endpoint: url, region: 'eu-west-1', credentials: await invoke(name), maxAttempts: 1 });
    onTestFinished(() => client.destroy());
    const sent = await client.sendMessage({ QueueUrl, MessageBody: 'order' }).catch((error) => error);
    return sent.$metadata.httpStatusCode;
  };
  await deploy('ordering', keys);
  await deploy('cleanup', keys);
  const fault = { call: 'sqs:SendMessage', function: 'ordering', times: 1, fail: 'InternalError' };
  await ask('POST', 'calls', fault);
  await sqs.sendMessage({ QueueUrl, MessageBody: 'by hand' });
  expect(await send('cleanup')).toBe(200);
  expect(await send('ordering')).toBe(500);
  expect(await send('ordering')).toBe(200);
});

test('messages are handed out twice, though they are deleted in between', async () => {
  const { ask, sqs } = await start();
  const { QueueUrl = '' } = await sqs.createQueue({ QueueName: 'bake' });
  expect(await ask('POST', 'deliver-twice', { queueUrl: QueueUrl, times: 1 })).toEqual({ status: 200, times: 1 });
  for (const MessageBody of ['a', 'b']) {
    await sqs.sendMessage({ QueueUrl, MessageBody });
  }
  const seen: string[] = [];
  for (let i = 0; i < 4; i++) {
    const { Messages = [] } = await sqs.receiveMessage({ QueueUrl, MessageSystemAttributeNames: ['All'] });
    for (const { Body, Attributes, ReceiptHandle } of Messages) {
      seen.push(`${Body}${Attributes?.ApproximateReceiveCount}`);
      await sqs.deleteMessage({ QueueUrl, ReceiptHandle });
    }
  }
  expect(seen).toEqual(['a1', 'b1', 'a2']);
});

test('messages that were not yet handed out twice are taken back', async () => {
  const { ask, sqs } = await start();
  const { QueueUrl: queueUrl = '' } = await sqs.createQueue({ QueueName: 'bake' });
  const times = 5;
  const seen = async () => {
    await sqs.sendMessage({ QueueUrl: queueUrl, MessageBody: 'a' });
    const receive = () => sqs.receiveMessage({ QueueUrl: queueUrl, MaxNumberOfMessages: 10 });
    const received = [await receive(), await receive()].flatMap(({ Messages = [] }) => Messages);
    for (const { ReceiptHandle } of received) {
      await sqs.deleteMessage({ QueueUrl: queueUrl, ReceiptHandle });
    }
    return received.length;
  };
  // A request replaces the one before it, and what comes to pass is counted down.
  await ask('POST', 'deliver-twice', { queueUrl, times: 9 });
  await ask('POST', 'deliver-twice', { queueUrl, times });
  expect(await seen()).toBe(2);
  expect(await ask('GET', 'deliver-twice')).toEqual({ status: 200, queues: [{ queueUrl, times: 4 }] });
  expect(await ask('POST', 'deliver-twice', { queueUrl, times: 0 })).toEqual({ status: 200, times: 0 });
  expect(await seen()).toBe(1);
  await ask('POST', 'deliver-twice', { queueUrl, times });
  expect(await ask('DELETE', 'deliver-twice/bake')).toEqual({ status: 200, removed: [{ queueUrl, times }] });
  expect(await ask('GET', 'deliver-twice')).toEqual({ status: 200, queues: [] });
  expect(await seen()).toBe(1);
});

test('kills at work are listed and taken back', async () => {
  const { ask, deploy, invoke } = await start();
  await deploy('f', dumps);
  await ask('POST', 'kill-at-work', { function: 'f', times: 2 });
  await invoke('f');
  const left = [{ function: 'f', times: 1 }];
  expect(await ask('GET', 'kill-at-work')).toEqual({ status: 200, functions: left });
  expect(await ask('DELETE', 'kill-at-work/f')).toEqual({ status: 200, removed: left });
  expect(await ask('GET', 'kill-at-work')).toEqual({ status: 200, functions: [] });
  expect((await invoke('f')).errorType).toBeUndefined();
});

test('an event source gets its messages twice as well, and then none is left', async () => {
  const { ask, deploy, lambda, sqs, queue, logged } = await start();
  const { url: QueueUrl, arn: EventSourceArn } = await queue('bake');
  const counts = `Records.map(({ body, attributes }) => body + attributes.ApproximateReceiveCount).join()`;
  await deploy('baking', `export const handler = async ({ Records }) => console.log(${counts});`);
  await lambda.createEventSourceMapping({ FunctionName: 'baking', EventSourceArn });
  await ask('POST', 'deliver-twice', { queueUrl: QueueUrl, times: 2 });
  for (const MessageBody of ['a', 'b', 'c']) {
    await sqs.sendMessage({ QueueUrl, MessageBody });
  }
  const AttributeNames = ['ApproximateNumberOfMessages' as const, 'ApproximateNumberOfMessagesNotVisible' as const];
  await vi.waitFor(async () => {
    const baked = (await logged('baking')).flatMap((line) => line.split('\t').at(-1)?.split(',') ?? []);
    expect(baked.sort()).toEqual(['a1', 'a2', 'b1', 'b2', 'c1']);
    const { Attributes } = await sqs.getQueueAttributes({ QueueUrl, AttributeNames });
    expect(Object.values(Attributes ?? {})).toEqual(['0', '0']);
  });
});

test.each([
  ['POST', 'kill', 'no JSON', 400, /must be JSON/],
  ['POST', 'kill', {}, 400, /function/],
  ['POST', 'kill', { function: 'nobody' }, 404, /no function nobody/],
  ['POST', 'kill', { function: 'arn:aws:lambda:x' }, 400, /not its ARN/],
  ['POST', 'kill', { function: 'f', signal: 9 }, 400, /signal/],
  ['GET', 'kill', undefined, 405, /GET/],
  ['POST', 'kill-at-work', { function: 'f' }, 400, /times/],
  ['POST', 'kill-at-work', { function: 'f', times: -1 }, 400, /times/],
  ['POST', 'kill-at-work', { function: 'nobody', times: 1 }, 404, /no function nobody/],
  ['GET', 'environments', undefined, 400, /function/],
  ['GET', 'environments?function=nobody', undefined, 404, /no function nobody/],
  ['POST', 'calls', { call: 'sqs:SendMessage', times: 1 }, 400, /needs fail, delayMs or both/],
  ['POST', 'calls', { call: 'SendMessage', times: 1, fail: 'X' }, 400, /a service and an operation/],
  ['POST', 'calls', { call: 'sqs:SendMesage', times: 1, fail: 'X' }, 404, /no operation SendMesage/],
  ['POST', 'calls', { call: 'rds:StopDBCluster', times: 1, fail: 'X' }, 404, /no service rds/],
  ['POST', 'calls', { call: 'sqs:SendMessage', times: 0, fail: 'X' }, 400, /times/],
  ['POST', 'calls', { call: 'sqs:SendMessage', times: 1, delayMs: -1 }, 400, /delayMs/],
  ['POST', 'calls', { call: 'sqs:SendMessage', times: 1, fail: 'a b' }, 400, /code of an error/],
  ['POST', 'calls', { call: 'sqs:SendMessage', function: 'nobody', times: 1, fail: 'X' }, 404, /no function nobody/],
  ['DELETE', 'calls', undefined, 405, /DELETE/],
  ['DELETE', 'calls/1', undefined, 404, /no fault 1/],
  ['POST', 'deliver-twice', { queueUrl: 'bake', times: 1 }, 400, /URL of a queue/],
  ['POST', 'deliver-twice', { queueUrl: 'http://127.0.0.1/000000000000/none', times: 1 }, 404, /no queue/],
  ['POST', 'deliver-twice', { queueUrl: 'http://127.0.0.1/000000000000/q.fifo', times: 1 }, 400, /FIFO/],
  ['POST', 'deliver-twice', { queueUrl: 'http://127.0.0.1/000000000000/q.fifo', times: -1 }, 400, /times/],
  ['DELETE', 'deliver-twice/bake', undefined, 404, /queue bake/],
  ['DELETE', 'deliver-twice', undefined, 405, /DELETE/],
  ['DELETE', 'kill-at-work/f', undefined, 404, /environment of f/],
  ['POST', 'explode', {}, 404, /explode/],
])('%s %s of %j is refused with %i', async (method, path, body, status, error) => {
  const { ask, sqs } = await start();
  await sqs.createQueue({ QueueName: 'q.fifo', Attributes: { FifoQueue: 'true' } });
  expect(await ask(method, path, body)).toEqual({ status, error: expect.stringMatching(error) });
});

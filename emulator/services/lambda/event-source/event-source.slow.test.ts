import type { CreateEventSourceMappingRequest } from '@aws-sdk/client-lambda';
import { describe, expect, test, vi } from 'vitest';
import { startLambda } from '../lambda.fixture.ts';

/** Logs what it gets, and fails as a message says. */
const bake = `export const handler = async ({ Records }) => {
  console.log('BATCH ' + JSON.stringify(Records.map(({ body }) => body)));
  const bodies = Records.map(({ body, messageId }) => ({ messageId, ...JSON.parse(body) }));
  if (bodies.some(({ fault }) => fault === 'throw')) throw new Error('boom');
  return { batchItemFailures: bodies.filter(({ fault }) => fault === 'item').map(({ messageId }) => ({ itemIdentifier: messageId })) };
};`;

/** On a busy machine a cold start takes seconds; what comes again meanwhile does so for no failure. */
const beyondAColdStart = { VisibilityTimeout: '6' };

async function startBaking(
  mapping: Partial<CreateEventSourceMappingRequest> = {},
  attributes: Record<string, string> = {},
) {
  const started = startLambda();
  const dead = await started.queue('dead');
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 2 });
  const orders = await started.queue('orders', { VisibilityTimeout: '2', RedrivePolicy, ...attributes });
  await started.deploy('bake', bake, { Timeout: 1 });
  const connect = () =>
    started.operations.CreateEventSourceMapping({ FunctionName: 'bake', EventSourceArn: orders.arn, ...mapping });
  const batches = (): string[][] =>
    started.logged.flatMap(({ message }) => {
      const [, json] = /BATCH (.*)\n/.exec(message) ?? [];
      return json ? [JSON.parse(json) as string[]] : [];
    });
  return { ...started, orders, dead, connect, batches };
}

test('messages are baked and deleted', async () => {
  const { connect, send, orders, batches, counts, operations } = await startBaking();
  await send(orders.url, { order: 1 });
  const made = await connect();
  expect(made).toMatchObject({
    State: 'Creating',
    BatchSize: 10,
    FunctionArn: expect.stringMatching(/:function:bake$/),
  });
  await vi.waitFor(async () => expect(await counts(orders.url)).toEqual([0, 0]));
  expect(batches()).toEqual([['{"order":1}']]);
  expect(operations.GetEventSourceMapping({ UUID: made.UUID })).toMatchObject({
    State: 'Enabled',
    LastProcessingResult: 'OK',
  });
  await send(orders.url, { order: 2 });
  await vi.waitFor(() => expect(batches()).toHaveLength(2));
});

test('a record is what AWS documents', async () => {
  const { operations, queue, deploy, send, logged, sqs } = startLambda();
  const { arn, url } = await queue('orders');
  await deploy('f', 'export const handler = async (event) => { console.log("EVENT " + JSON.stringify(event)) };');
  await send(url, 'hello');
  await operations.CreateEventSourceMapping({ FunctionName: 'f', EventSourceArn: arn });
  await vi.waitFor(() => expect(logged.some(({ message }) => message.includes('EVENT'))).toBe(true));
  const [, json = ''] = /EVENT (.*)/.exec(logged.map(({ message }) => message).join('')) ?? [];
  expect(JSON.parse(json)).toEqual({
    Records: [
      {
        messageId: expect.any(String),
        receiptHandle: expect.any(String),
        body: 'hello',
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: expect.stringMatching(/^\d{13}$/),
          SenderId: expect.any(String),
          ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
        },
        messageAttributes: {},
        md5OfBody: '5d41402abc4b2a76b9719d911017c592',
        eventSource: 'aws:sqs',
        eventSourceARN: arn,
        awsRegion: 'eu-west-1',
      },
    ],
  });
  expect(sqs).toBeDefined();
});

test('what a function gives back comes again, alone, and then goes to the dead-letter queue', async () => {
  const partial = { FunctionResponseTypes: ['ReportBatchItemFailures' as const] };
  const { connect, send, orders, dead, batches, counts } = await startBaking(partial, beyondAColdStart);
  await send(orders.url, { order: 1 });
  await send(orders.url, { order: 2, fault: 'item' });
  await connect();
  await vi.waitFor(async () => expect(await counts(dead.url)).toEqual([1, 0]));
  expect(batches()).toEqual([['{"order":1}', '{"order":2,"fault":"item"}'], ['{"order":2,"fault":"item"}']]);
  expect(await counts(orders.url)).toEqual([0, 0]);
});

test('when the function fails, the whole batch comes again', async () => {
  const { connect, send, orders, dead, batches, counts } = await startBaking({}, beyondAColdStart);
  await send(orders.url, { order: 1 });
  await send(orders.url, { order: 2, fault: 'throw' });
  await connect();
  await vi.waitFor(async () => expect(await counts(dead.url)).toEqual([2, 0]));
  expect(batches().flat()).toHaveLength(4);
});

test('a batching window gathers more than one poll brings', async () => {
  const { connect, send, orders, batches } = await startBaking({ BatchSize: 25, MaximumBatchingWindowInSeconds: 1 });
  await connect();
  for (let order = 0; order < 25; order++) {
    await send(orders.url, { order });
  }
  await vi.waitFor(() => expect(batches().flat()).toHaveLength(25));
  expect(batches().length).toBeLessThan(3);
});

describe('messages that are visible again at once keep nobody from anything else', () => {
  async function start(mapping: Partial<CreateEventSourceMappingRequest>) {
    const { connect, sqs, send, orders, ...started } = await startBaking(mapping, { RedrivePolicy: '' });
    const { UUID } = await connect();
    sqs.SetQueueAttributes({ QueueUrl: orders.url, Attributes: { VisibilityTimeout: '0' } });
    return { ...started, UUID, sendOne: () => send(orders.url, { order: 1 }) };
  }

  test('while a batch is gathered', async () => {
    const { sendOne, batches } = await start({ MaximumBatchingWindowInSeconds: 1, BatchSize: 10_000 });
    await sendOne();
    await vi.waitFor(() => expect(batches().length).toBeGreaterThan(0));
  });

  test('where the function is gone', async () => {
    const { sendOne, operations, UUID } = await start({});
    await operations.DeleteFunction({ FunctionName: 'bake' });
    await sendOne();
    const result = () => operations.GetEventSourceMapping({ UUID }).LastProcessingResult;
    await vi.waitFor(() => expect(result()).toMatch(/PROBLEM/));
  });
});

test('what a filter leaves out is deleted', async () => {
  const { connect, send, orders, batches, counts } = await startBaking({
    FilterCriteria: { Filters: [{ Pattern: '{"body":{"recipe":["spritz"]}}' }] },
  });
  await send(orders.url, { recipe: 'brownie' });
  await send(orders.url, 'no json');
  await send(orders.url, { recipe: 'spritz' });
  await connect();
  await vi.waitFor(async () => expect(await counts(orders.url)).toEqual([0, 0]));
  await vi.waitFor(() => expect(batches()).toEqual([['{"recipe":"spritz"}']]));
});

test('no more batches at a time than the maximum', async () => {
  const { operations, queue, deploy, send, counts, environments, logged } = startLambda();
  const { arn, url } = await queue('orders');
  await deploy('f', 'export const handler = () => new Promise((resolve) => setTimeout(resolve, 60));');
  for (let order = 0; order < 12; order++) {
    await send(url, { order });
  }
  await operations.CreateEventSourceMapping({
    FunctionName: 'f',
    EventSourceArn: arn,
    BatchSize: 1,
    ScalingConfig: { MaximumConcurrency: 2 },
  });
  await vi.waitFor(async () => expect(await counts(url)).toEqual([0, 0]));
  expect(environments('f').length).toBeLessThanOrEqual(2);
  expect(logged.filter(({ message }) => message.startsWith('START'))).toHaveLength(12);
});

test('a throttled batch is tried again before it becomes visible', async () => {
  const { connect, send, orders, counts, operations, batches } = await startBaking({}, { VisibilityTimeout: '300' });
  operations.PutFunctionConcurrency({ FunctionName: 'bake', ReservedConcurrentExecutions: 0 });
  await send(orders.url, { order: 1 });
  await connect();
  await vi.waitFor(async () => expect(await counts(orders.url)).toEqual([0, 1]));
  operations.DeleteFunctionConcurrency({ FunctionName: 'bake' });
  await vi.waitFor(async () => expect(await counts(orders.url)).toEqual([0, 0]));
  expect(batches()).toEqual([['{"order":1}']]);
});

test('a mapping can be turned off and on, changed and deleted', async () => {
  // Longer than a cold start on a busy machine: the batch comes once.
  const queue = { VisibilityTimeout: '300' };
  const { connect, send, orders, counts, operations, batches } = await startBaking({ Enabled: false }, queue);
  const { UUID } = await connect();
  await send(orders.url, { order: 1 });
  expect(operations.GetEventSourceMapping({ UUID })).toMatchObject({ State: 'Disabled' });
  expect(await counts(orders.url)).toEqual([1, 0]);
  await operations.UpdateEventSourceMapping({ UUID, Enabled: true, BatchSize: 5 });
  await vi.waitFor(() => expect(batches()).toHaveLength(1));
  // The poller deletes a batch once the function has answered, which is after the function's own log.
  await vi.waitFor(async () => expect(await counts(orders.url)).toEqual([0, 0]));
  expect(operations.ListEventSourceMappings({ FunctionName: 'bake' }).EventSourceMappings).toMatchObject([
    { UUID, BatchSize: 5, State: 'Enabled' },
  ]);
  expect(operations.DeleteEventSourceMapping({ UUID })).toMatchObject({ State: 'Deleting' });
  await send(orders.url, { order: 2 });
  expect(() => operations.GetEventSourceMapping({ UUID })).toThrow(
    expect.objectContaining({ name: 'ResourceNotFoundException' }),
  );
  expect(await counts(orders.url)).toEqual([1, 0]);
});

describe('CreateEventSourceMapping refuses', () => {
  test.each<[string, object, string, RegExp]>([
    [
      'another source',
      { EventSourceArn: 'arn:aws:kinesis:eu-west-1:123456789012:stream/s' },
      'InvalidParameterValueException',
      /kinesis.* is not served/,
    ],
    [
      'a queue that is not there',
      { EventSourceArn: 'arn:aws:sqs:eu-west-1:123456789012:none' },
      'InvalidParameterValueException',
      /NonExistentQueue/,
    ],
    ['a function that is not there', { FunctionName: 'none' }, 'ResourceNotFoundException', /Function not found/],
    ['a large batch without a window', { BatchSize: 11 }, 'InvalidParameterValueException', /Maximum batch window/],
    ['a concurrency of 1', { ScalingConfig: { MaximumConcurrency: 1 } }, 'ValidationException', /maximumConcurrency/],
    [
      'a pattern that is none',
      { FilterCriteria: { Filters: [{ Pattern: '{' }] } },
      'InvalidParameterValueException',
      /pattern/,
    ],
    [
      'members of other sources',
      { TumblingWindowInSeconds: 5 },
      'InvalidParameterValueException',
      /TumblingWindowInSeconds is not served/,
    ],
  ])('%s', async (_name, mapping, name, message) => {
    const { connect } = await startBaking(mapping);
    await expect(connect()).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
  });

  test('a queue whose visibility timeout is shorter than the function runs', async () => {
    const { connect, operations } = await startBaking();
    operations.UpdateFunctionConfiguration({ FunctionName: 'bake', Timeout: 4 });
    await expect(connect()).rejects.toThrow(
      /Queue visibility timeout: 2 seconds is less than Function timeout: 4 seconds/,
    );
  });

  test('a second mapping of the same', async () => {
    const { connect } = await startBaking();
    await connect();
    await expect(connect()).rejects.toMatchObject({ name: 'ResourceConflictException' });
  });
});

import { DynamoDB } from '@aws-sdk/client-dynamodb';
import type { CreateEventSourceMappingRequest } from '@aws-sdk/client-lambda';
import { expect, onTestFinished, test, vi } from 'vitest';
import { serve } from '../../../gateway.fixture.ts';
import { internalCall } from '../../../wire/operation.ts';
import { orders } from '../../dynamodb/dynamodb.fixture.ts';
import { createDynamoDb } from '../../dynamodb/dynamodb.ts';
import { accountId, startLambda } from '../lambda.fixture.ts';

/** Logs the ids that it gets, and fails at those that say so. */
const watch = `export const handler = async ({ Records }) => {
  console.log('BATCH ' + JSON.stringify(Records.map(({ dynamodb }) => dynamodb.Keys.id.S)));
  if (Records.some(({ dynamodb }) => dynamodb.Keys.id.S.startsWith('throw'))) throw new Error('boom');
  const failed = Records.filter(({ dynamodb }) => dynamodb.Keys.id.S.startsWith('item'));
  return { batchItemFailures: failed.map(({ dynamodb }) => ({ itemIdentifier: dynamodb.SequenceNumber })) };
};`;

async function startWatching(mapping: Partial<CreateEventSourceMappingRequest> = {}) {
  const region = { accountId, name: 'eu-west-1', endpoint: 'http://127.0.0.1:4566' };
  const dynamodb = createDynamoDb(region);
  const { configuration } = await serve([dynamodb.service]);
  const client = new DynamoDB(configuration);
  onTestFinished(() => {
    client.destroy();
    dynamodb.close();
  });
  const started = startLambda({ findStream: dynamodb.findStream });
  const StreamSpecification = { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' as const };
  const { TableDescription } = dynamodb.operations.CreateTable({ ...orders, StreamSpecification });
  const streamArn = TableDescription?.LatestStreamArn ?? '';
  await started.deploy('watch', watch, { Timeout: 5 });
  const dead = await started.queue('dead');
  const connect = (more: Partial<CreateEventSourceMappingRequest> = {}) =>
    started.operations.CreateEventSourceMapping({
      FunctionName: 'watch',
      EventSourceArn: streamArn,
      StartingPosition: 'TRIM_HORIZON',
      ...mapping,
      ...more,
    });
  const put = async (...ids: string[]) => {
    for (const id of ids) {
      await client.putItem({ TableName: 'orders', Item: { id: { S: id } } });
    }
  };
  const batches = (): string[][] =>
    started.logged.flatMap(({ message }) => {
      const [, json] = /BATCH (.*)\n/.exec(message) ?? [];
      return json ? [JSON.parse(json) as string[]] : [];
    });
  return { ...started, dynamodb: dynamodb.operations, streamArn, connect, put, batches, dead };
}

test("changes come to the function, in order, and in AWS's form", async () => {
  const { connect, put, deploy, logged, streamArn, operations } = await startWatching();
  await deploy('f', 'export const handler = async (event) => { console.log("EVENT " + JSON.stringify(event)) };');
  await put('a');
  const made = await connect({ FunctionName: 'f' });
  expect(made).toMatchObject({
    BatchSize: 100,
    StartingPosition: 'TRIM_HORIZON',
    MaximumRetryAttempts: -1,
    MaximumRecordAgeInSeconds: -1,
    ParallelizationFactor: 1,
  });
  await vi.waitFor(() => expect(logged.some(({ message }) => message.includes('EVENT'))).toBe(true));
  const [, json = ''] = /EVENT (.*)/.exec(logged.map(({ message }) => message).join('')) ?? [];
  expect(JSON.parse(json)).toEqual({
    Records: [
      {
        eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
        eventName: 'INSERT',
        eventVersion: '1.1',
        eventSource: 'aws:dynamodb',
        awsRegion: 'eu-west-1',
        dynamodb: {
          ApproximateCreationDateTime: expect.any(Number),
          Keys: { id: { S: 'a' } },
          NewImage: { id: { S: 'a' } },
          SequenceNumber: expect.stringMatching(/^\d{21,40}$/),
          SizeBytes: 6,
          StreamViewType: 'NEW_AND_OLD_IMAGES',
        },
        eventSourceARN: streamArn,
      },
    ],
  });
  await vi.waitFor(() =>
    expect(operations.GetEventSourceMapping({ UUID: made.UUID })).toMatchObject({ LastProcessingResult: 'OK' }),
  );
});

test('LATEST leaves out what was before, and a change of the mapping goes on where it was', async () => {
  const { connect, put, batches, operations } = await startWatching({ StartingPosition: 'LATEST', BatchSize: 1 });
  await put('before');
  const { UUID } = await connect();
  await put('one');
  await vi.waitFor(() => expect(batches()).toEqual([['one']]));
  await operations.UpdateEventSourceMapping({ UUID, Enabled: false });
  await put('two', 'three');
  await operations.UpdateEventSourceMapping({ UUID, Enabled: true, BatchSize: 2 });
  await vi.waitFor(() => expect(batches()).toEqual([['one'], ['two', 'three']]));
});

test('a window gathers a batch, and what a filter leaves out is not in it', async () => {
  const { connect, put, batches } = await startWatching({
    BatchSize: 3,
    MaximumBatchingWindowInSeconds: 300,
    FilterCriteria: { Filters: [{ Pattern: '{"dynamodb":{"Keys":{"id":{"S":[{"prefix":"a"}]}}}}' }] },
  });
  await connect();
  await put('a1', 'b1', 'a2', 'b2', 'a3', 'a4');
  await vi.waitFor(() => expect(batches()).toEqual([['a1', 'a2', 'a3']]));
});

test('a batch that fails is tried again, then told to the destination, and the next goes on', async () => {
  const { connect, put, batches, dead, sqs, counts, streamArn } = await startWatching({
    BatchSize: 2,
    MaximumRetryAttempts: 1,
  });
  await put('a', 'throw', 'b');
  await connect({ DestinationConfig: { OnFailure: { Destination: dead.arn } } });
  await vi.waitFor(() => expect(batches()).toEqual([['a', 'throw'], ['a', 'throw'], ['b']]));
  await vi.waitFor(async () => expect(await counts(dead.url)).toEqual([1, 0]));
  const { Messages: [message] = [] } = await sqs.ReceiveMessage({ QueueUrl: dead.url }, internalCall());
  expect(JSON.parse(message?.Body ?? '')).toMatchObject({
    version: '1.0',
    requestContext: {
      functionArn: expect.stringMatching(/:function:watch$/),
      condition: 'RetryAttemptsExhausted',
      approximateInvokeCount: 2,
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    DDBStreamBatchInfo: {
      shardId: expect.stringMatching(/^shardId-/),
      startSequenceNumber: expect.stringMatching(/^\d{21,40}$/),
      endSequenceNumber: expect.stringMatching(/^\d{21,40}$/),
      approximateArrivalOfFirstRecord: expect.any(String),
      batchSize: 2,
      streamArn,
    },
  });
});

// "Splitting batches doesn't consume the retry quota."
test('bisecting finds the record that fails, and only that is given up', async () => {
  const { connect, put, batches, dead, counts } = await startWatching({
    BisectBatchOnFunctionError: true,
    MaximumRetryAttempts: 0,
  });
  await put('a', 'b', 'throw', 'c');
  await connect({ DestinationConfig: { OnFailure: { Destination: dead.arn } } });
  await vi.waitFor(
    () => expect(batches()).toEqual([['a', 'b', 'throw', 'c'], ['a', 'b'], ['throw', 'c'], ['throw'], ['c']]),
    10_000,
  );
  await vi.waitFor(async () => expect(await counts(dead.url)).toEqual([1, 0]));
});

test('with ReportBatchItemFailures a batch is tried again from the record that failed', async () => {
  const { connect, put, batches } = await startWatching({
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    MaximumRetryAttempts: 0,
    BatchSize: 3,
  });
  await put('a', 'item', 'b', 'c');
  await connect();
  await vi.waitFor(() => expect(batches()).toEqual([['a', 'item', 'b'], ['item', 'b'], ['c']]));
});

test('records that are too old are left out, however often they may be tried', async () => {
  const { connect, put, batches, dead, counts } = await startWatching({ MaximumRecordAgeInSeconds: 60 });
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  await put('old');
  vi.setSystemTime(Date.now() + 61_000);
  await put('new');
  await connect({ DestinationConfig: { OnFailure: { Destination: dead.arn } } });
  await vi.waitFor(() => expect(batches()).toEqual([['new']]));
  expect(await counts(dead.url)).toEqual([1, 0]);
});

test('a handler that always fails keeps its own stream waiting, and no other function', async () => {
  const { connect, put, batches, deploy, invoke } = await startWatching();
  await deploy('other', 'export const handler = async () => 1;');
  await put('throw');
  await connect();
  await vi.waitFor(() => expect(batches().length).toBeGreaterThan(2));
  expect((await invoke('other')).result).toBe(1);
});

test('several batches at a time share the records by their keys', async () => {
  const { connect, put, batches } = await startWatching({ ParallelizationFactor: 3 });
  const ids = Array.from({ length: 12 }, (_, n) => `id${n}`);
  await put(...ids);
  await connect();
  await vi.waitFor(() => expect(batches().flat().sort()).toEqual([...ids].sort()));
  expect(batches().length).toBeGreaterThan(1);
});

test.each<[string, Partial<CreateEventSourceMappingRequest>, RegExp]>([
  ['no starting position', { StartingPosition: undefined }, /startingPosition/],
  ['a starting position of Kinesis', { StartingPosition: 'AT_TIMESTAMP' }, /starting position/],
  [
    'a stream that is not there',
    { EventSourceArn: `arn:aws:dynamodb:eu-west-1:${accountId}:table/orders/stream/none` },
    /not found/,
  ],
  ['a record age of less than a minute', { MaximumRecordAgeInSeconds: 30 }, /maximumRecordAge/],
  ['11 batches at a time', { ParallelizationFactor: 11 }, /parallelizationFactor/],
  ['the concurrency of a queue', { ScalingConfig: { MaximumConcurrency: 2 } }, /ScalingConfig/],
  ['a window that tumbles', { TumblingWindowInSeconds: 5 }, /TumblingWindowInSeconds is not served/],
])('%s is refused', async (_name, mapping, message) => {
  const { connect } = await startWatching();
  await expect(connect(mapping)).rejects.toThrow(message);
});

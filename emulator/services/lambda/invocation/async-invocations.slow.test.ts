import { expect, test, vi } from 'vitest';
import { internalCall } from '../../../wire/operation.ts';
import { startLambda } from '../lambda.fixture.ts';

const quick = { timings: { asyncRetryDelays: [10, 20] } };
const failing =
  'export const handler = async (event, { awsRequestId }) => { console.log("attempt"); throw new Error("boom") };';

type Started = ReturnType<typeof startLambda>;

const attempts = ({ logged }: Started) => logged.filter(({ message }) => message.includes('\tattempt')).length;

async function receive({ sqs }: Started, QueueUrl: string) {
  const input = { QueueUrl, WaitTimeSeconds: 5, MessageAttributeNames: ['All'] };
  const { Messages = [] } = await sqs.ReceiveMessage(input, internalCall());
  return Messages[0];
}

test('an event is accepted at once and handled after', async () => {
  const started = startLambda(quick);
  const { deploy, invoke, operations, queue } = started;
  const { arn, url } = await queue('done');
  await deploy('f', 'export const handler = async (event) => ({ got: event });');
  operations.PutFunctionEventInvokeConfig({
    FunctionName: 'f',
    DestinationConfig: { OnSuccess: { Destination: arn } },
  });
  expect(await invoke('f', { order: 1 }, { InvocationType: 'Event' })).toMatchObject({ StatusCode: 202, result: null });
  const message = await receive(started, url);
  expect(JSON.parse(message?.Body ?? '')).toMatchObject({
    version: '1.0',
    requestContext: {
      functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:f:$LATEST',
      condition: 'Success',
      approximateInvokeCount: 1,
    },
    requestPayload: { order: 1 },
    responseContext: { statusCode: 200, executedVersion: '$LATEST' },
    responsePayload: { got: { order: 1 } },
  });
});

test('an event whose function fails is tried three times, then goes to the destination and the dead-letter queue', async () => {
  const started = startLambda(quick);
  const { deploy, invoke, operations, queue } = started;
  const failed = await queue('failed');
  const dead = await queue('dead');
  await deploy('f', failing, { DeadLetterConfig: { TargetArn: dead.arn } });
  operations.PutFunctionEventInvokeConfig({
    FunctionName: 'f',
    DestinationConfig: { OnFailure: { Destination: failed.arn } },
  });
  await invoke('f', { order: 1 }, { InvocationType: 'Event' });
  const record = JSON.parse((await receive(started, failed.url))?.Body ?? '');
  expect(record).toMatchObject({
    requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
    responseContext: { functionError: 'Unhandled' },
    responsePayload: { errorType: 'Error', errorMessage: 'boom' },
  });
  const letter = await receive(started, dead.url);
  expect(letter?.Body).toBe('{"order":1}');
  expect(letter?.MessageAttributes).toMatchObject({
    RequestID: { StringValue: record.requestContext.requestId },
    ErrorMessage: { StringValue: 'boom' },
  });
  await vi.waitFor(() => expect(attempts(started)).toBe(3));
});

test('an event bus gets a record as an event', async () => {
  const bus = 'arn:aws:events:eu-west-1:123456789012:event-bus/orders';
  const events: unknown[] = [];
  const putEvent = async (busArn: string, event: { readonly detail: string }) => {
    events.push([busArn, { ...event, detail: JSON.parse(event.detail) }]);
  };
  const { deploy, invoke, operations } = startLambda({ ...quick, putEvent });
  await deploy('f', 'export const handler = async ({ bad }) => { if (bad) throw new Error("bad"); };');
  const [OnSuccess, OnFailure] = [{ Destination: bus }, { Destination: bus }];
  const DestinationConfig = { OnSuccess, OnFailure };
  operations.PutFunctionEventInvokeConfig({ FunctionName: 'f', MaximumRetryAttempts: 0, DestinationConfig });
  for (const [bad, condition, result] of [
    [false, 'Success', 'Success'],
    [true, 'RetriesExhausted', 'Failure'],
  ]) {
    await invoke('f', { bad }, { InvocationType: 'Event' });
    await vi.waitFor(() => expect(events).toHaveLength(1), { timeout: 10_000 });
    expect(events.pop()).toMatchObject([
      bus,
      {
        source: 'lambda',
        detailType: `Lambda Function Invocation Result - ${result}`,
        resources: [bus, 'arn:aws:lambda:eu-west-1:123456789012:function:f:$LATEST'],
        detail: { requestContext: { condition }, requestPayload: { bad } },
      },
    ]);
  }
});

test('retries can be turned off', async () => {
  const started = startLambda(quick);
  const { deploy, invoke, operations, queue } = started;
  const { arn, url } = await queue('failed');
  await deploy('f', failing);
  operations.PutFunctionEventInvokeConfig({
    FunctionName: 'f',
    MaximumRetryAttempts: 0,
    DestinationConfig: { OnFailure: { Destination: arn } },
  });
  await invoke('f', {}, { InvocationType: 'Event' });
  expect(JSON.parse((await receive(started, url))?.Body ?? '')).toMatchObject({
    requestContext: { approximateInvokeCount: 1 },
  });
});

test('an event that is throttled is kept', async () => {
  const started = startLambda();
  const { deploy, invoke, operations, queue } = started;
  const { arn, url } = await queue('done');
  await deploy('f', 'export const handler = async () => 1;');
  operations.PutFunctionEventInvokeConfig({
    FunctionName: 'f',
    DestinationConfig: { OnSuccess: { Destination: arn } },
  });
  operations.PutFunctionConcurrency({ FunctionName: 'f', ReservedConcurrentExecutions: 0 });
  await invoke('f', {}, { InvocationType: 'Event' });
  operations.DeleteFunctionConcurrency({ FunctionName: 'f' });
  expect(await receive(started, url)).toBeDefined();
});

test('the configuration of asynchronous invocations', async () => {
  const { deploy, operations } = startLambda();
  await deploy('f', failing);
  expect(() => operations.GetFunctionEventInvokeConfig({ FunctionName: 'f' })).toThrow(
    /doesn't have an EventInvokeConfig/,
  );
  operations.PutFunctionEventInvokeConfig({ FunctionName: 'f', MaximumRetryAttempts: 1 });
  operations.UpdateFunctionEventInvokeConfig({ FunctionName: 'f', MaximumEventAgeInSeconds: 60 });
  expect(operations.GetFunctionEventInvokeConfig({ FunctionName: 'f' })).toMatchObject({
    MaximumRetryAttempts: 1,
    MaximumEventAgeInSeconds: 60,
  });
  expect(() => operations.PutFunctionEventInvokeConfig({ FunctionName: 'f', MaximumRetryAttempts: 3 })).toThrow(
    /maximumRetryAttempts/,
  );
  const toTopic = { DestinationConfig: { OnFailure: { Destination: 'arn:aws:kinesis:eu-west-1:123456789012:t' } } };
  expect(() => operations.PutFunctionEventInvokeConfig({ FunctionName: 'f', ...toTopic })).toThrow(/is not served/);
  operations.DeleteFunctionEventInvokeConfig({ FunctionName: 'f' });
  expect(() => operations.GetFunctionEventInvokeConfig({ FunctionName: 'f' })).toThrow();
});

test.each([
  { put: undefined, invoked: '$LATEST' },
  { put: '$LATEST', invoked: undefined },
  { put: '$LATEST', invoked: '$LATEST' },
])('settings of $put hold for an invocation of $invoked', async ({ put, invoked }) => {
  const started = startLambda(quick);
  const { deploy, invoke, operations, queue } = started;
  const { arn, url } = await queue('failed');
  await deploy('f', failing);
  operations.PutFunctionEventInvokeConfig({
    FunctionName: 'f',
    ...(put && { Qualifier: put }),
    MaximumRetryAttempts: 0,
    DestinationConfig: { OnFailure: { Destination: arn } },
  });
  const { LastModified: _, ...config } = operations.GetFunctionEventInvokeConfig({
    FunctionName: 'f',
    ...(invoked && { Qualifier: invoked }),
  });
  expect(config).toMatchObject({
    FunctionArn: expect.stringMatching(/:function:f:\$LATEST$/),
    MaximumRetryAttempts: 0,
  });
  await invoke('f', {}, { InvocationType: 'Event', ...(invoked && { Qualifier: invoked }) });
  const record = JSON.parse((await receive(started, url))?.Body ?? '');
  expect(record.requestContext).toMatchObject({ approximateInvokeCount: 1 });
});

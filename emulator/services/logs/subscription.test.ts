import { gunzipSync } from 'node:zlib';
import { LimitExceededException } from '@aws-sdk/client-cloudwatch-logs';
import { expect, onTestFinished, test, vi } from 'vitest';
import { service } from './service.fixture.ts';

const now = Date.now();

const subscription = {
  logGroupName: 'g',
  filterName: 'errors',
  filterPattern: '{ $.level = "ERROR" }',
  destinationArn: 'arn:aws:lambda:eu-west-1:000000000000:function:taster',
};

interface Delivered {
  readonly logStream: string;
  readonly logEvents: readonly { readonly id: string; readonly message: string }[];
}

function unzipped(payload: unknown): Delivered {
  const { awslogs } = payload as { awslogs: { data: string } };
  return JSON.parse(gunzipSync(Buffer.from(awslogs.data, 'base64')).toString());
}

const messagesIn = (payloads: readonly unknown[]) =>
  payloads.flatMap((payload) => unzipped(payload).logEvents.map(({ message }) => message));

const numbers = (count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => JSON.stringify({ level: 'ERROR', n: from + i }));

async function subscribed() {
  const started = service();
  started.operations.CreateLogGroup({ logGroupName: 'g' });
  await started.operations.PutSubscriptionFilter(subscription);
  return started;
}

test('a subscription gets what matches, zipped, as Lambda functions know it', async () => {
  const { operations, payloads, write } = service();
  operations.CreateLogGroup({ logGroupName: 'g' });
  await operations.PutSubscriptionFilter(subscription);
  write('s', ['{"level":"INFO"}', '{"level":"ERROR","n":1}', '{"level":"ERROR","n":2}'], now);
  write('s', ['{"level":"INFO"}'], now);
  await vi.waitFor(() => expect(payloads).toHaveLength(1));
  expect(unzipped(payloads[0])).toEqual({
    messageType: 'DATA_MESSAGE',
    owner: '000000000000',
    logGroup: 'g',
    logStream: 's',
    subscriptionFilters: ['errors'],
    logEvents: [
      { id: expect.stringMatching(/^\d{56}$/), timestamp: now + 1, message: '{"level":"ERROR","n":1}' },
      { id: expect.stringMatching(/^\d{56}$/), timestamp: now + 2, message: '{"level":"ERROR","n":2}' },
    ],
  });
});

test('the lines of a moment go out together, by stream and in their order', async () => {
  const { write, payloads } = await subscribed();
  for (let i = 0; i < 100; i++) {
    write(i % 2 ? 'odd' : 'even', numbers(1, i), now + i);
  }
  await vi.waitFor(() => expect(payloads).toHaveLength(2));
  const [even, odd] = payloads.map(unzipped);
  expect([even?.logStream, odd?.logStream]).toEqual(['even', 'odd']);
  expect(messagesIn(payloads)).toEqual([
    ...numbers(100).filter((_, i) => i % 2 === 0),
    ...numbers(100).filter((_, i) => i % 2 === 1),
  ]);
  expect(new Set([even, odd].flatMap((delivered) => delivered?.logEvents.map(({ id }) => id))).size).toBe(100);
});

test('what fills an invocation does not wait for more', async () => {
  const { write, payloads } = await subscribed();
  const large = numbers(5).map((number) => number.replace('{', `{"crumbs":"${'x'.repeat(200_000)}",`));
  write('s', large, now);
  await vi.waitFor(() => expect(payloads).toHaveLength(3));
  expect(messagesIn(payloads)).toEqual(large);
});

test.each([
  ['is throttled', Object.assign(new Error('Rate Exceeded.'), { name: 'TooManyRequestsException' })],
  ['meets an error of the service', Object.assign(new Error('broken'), { name: 'ServiceException', $fault: 'server' })],
])('a delivery that %s is tried again, and what comes later waits its turn', async (_why, failure) => {
  const { write, payloads, failures } = await subscribed();
  failures.push(failure);
  write('s', numbers(1), now);
  await vi.waitFor(() => expect(failures).toHaveLength(0));
  write('s', numbers(1, 1), now + 1);
  await vi.waitFor(() => expect(payloads).toHaveLength(2));
  expect(messagesIn(payloads)).toEqual(numbers(2));
});

test('what the destination refuses is reported, and later lines are delivered', async () => {
  const reported = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  onTestFinished(() => reported.mockRestore());
  const { write, payloads, failures } = await subscribed();
  failures.push(Object.assign(new Error('Function not found'), { name: 'ResourceNotFoundException' }));
  write('s', numbers(1), now);
  await vi.waitFor(() =>
    expect(reported).toHaveBeenCalledWith(expect.stringMatching(/errors of g lost events: Function/)),
  );
  write('s', numbers(1, 1), now + 1);
  await vi.waitFor(() => expect(messagesIn(payloads)).toEqual(numbers(1, 1)));
});

test('a subscription that is gone loses its last lines without a word', async () => {
  const reported = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  onTestFinished(() => reported.mockRestore());
  const { operations, write, failures } = await subscribed();
  failures.push(Object.assign(new Error('Function not found'), { name: 'ResourceNotFoundException' }));
  write('s', numbers(1), now);
  operations.DeleteSubscriptionFilter({ logGroupName: 'g', filterName: 'errors' });
  await vi.waitFor(() => expect(failures).toHaveLength(0));
  expect(reported).not.toHaveBeenCalled();
});

test('closing delivers what was gathered', async () => {
  const { write, payloads, close } = await subscribed();
  write('s', numbers(3), now);
  await close();
  expect(messagesIn(payloads)).toEqual(numbers(3));
});

test('a group has two subscriptions at the most; one of them can be put again', async () => {
  const { operations } = service();
  operations.CreateLogGroup({ logGroupName: 'g' });
  for (const filterName of ['a', 'b', 'a']) {
    await operations.PutSubscriptionFilter({ ...subscription, filterName });
  }
  const third = operations.PutSubscriptionFilter({ ...subscription, filterName: 'c' });
  await expect(third).rejects.toBeInstanceOf(LimitExceededException);
  const { subscriptionFilters } = operations.DescribeSubscriptionFilters({ logGroupName: 'g' });
  expect(subscriptionFilters.map(({ filterName }) => filterName)).toEqual(['a', 'b']);
  operations.DeleteSubscriptionFilter({ logGroupName: 'g', filterName: 'a' });
  await operations.PutSubscriptionFilter({ ...subscription, filterName: 'c' });
});

test.each([
  {
    why: 'the function is not there',
    change: { destinationArn: `${subscription.destinationArn}-x` },
    name: 'InvalidParameterException',
  },
  {
    why: 'the destination is no function',
    change: { destinationArn: 'arn:aws:kinesis:eu-west-1:000000000000:stream/s' },
    name: 'NotImplemented',
  },
  { why: 'the pattern is none', change: { filterPattern: '{ x' }, name: 'InvalidParameterException' },
])('a subscription is refused where $why', async ({ change, name }) => {
  const { operations } = service();
  operations.CreateLogGroup({ logGroupName: 'g' });
  await expect(operations.PutSubscriptionFilter({ ...subscription, ...change })).rejects.toMatchObject({ name });
});

test('others have their turn while much is matched', async () => {
  const { operations, payloads, write, close } = service();
  operations.CreateLogGroup({ logGroupName: 'g' });
  await operations.PutSubscriptionFilter(subscription);
  let clock = performance.now();
  // Every line takes longer than a turn.
  const slow = vi.spyOn(performance, 'now').mockImplementation(() => {
    clock += 1000;
    return clock;
  });
  onTestFinished(() => slow.mockRestore());
  write('s', numbers(50), now);
  let turns = 0;
  let closed = false;
  const closing = close().then(() => {
    closed = true;
  });
  while (!closed) {
    await new Promise((resolve) => setImmediate(resolve));
    turns++;
  }
  await closing;
  expect(turns).toBeGreaterThanOrEqual(50);
  expect(messagesIn(payloads)).toEqual(numbers(50));
});

import { gunzipSync } from 'node:zlib';
import { LimitExceededException } from '@aws-sdk/client-cloudwatch-logs';
import { expect, test, vi } from 'vitest';
import { service } from './test-service.ts';

const now = Date.now();

const subscription = {
  logGroupName: 'g',
  filterName: 'errors',
  filterPattern: '{ $.level = "ERROR" }',
  destinationArn: 'arn:aws:lambda:eu-west-1:000000000000:function:taster',
};

test('a subscription gets what matches, zipped, as Lambda functions know it', async () => {
  const { operations, payloads, write } = service();
  operations.CreateLogGroup({ logGroupName: 'g' });
  await operations.PutSubscriptionFilter(subscription);
  write('s', ['{"level":"INFO"}', '{"level":"ERROR","n":1}', '{"level":"ERROR","n":2}'], now);
  write('s', ['{"level":"INFO"}'], now);
  await vi.waitFor(() => expect(payloads).toHaveLength(1));
  const { awslogs } = payloads[0] as { awslogs: { data: string } };
  expect(JSON.parse(gunzipSync(Buffer.from(awslogs.data, 'base64')).toString())).toEqual({
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

test('a group has two subscriptions at the most; one of them can be put again', async () => {
  const { operations } = service();
  operations.CreateLogGroup({ logGroupName: 'g' });
  for (const filterName of ['a', 'b', 'a']) await operations.PutSubscriptionFilter({ ...subscription, filterName });
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

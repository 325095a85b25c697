import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { Lambda } from '@aws-sdk/client-lambda';
import { S3 } from '@aws-sdk/client-s3';
import { SSM } from '@aws-sdk/client-ssm';
import { expect, test, vi } from 'vitest';
import { ownApp } from './own-app.fixture.ts';

/**
 * Custom resources that CDK brings, on the embedded AWS, by the real CDK CLI. The tests are one story, in its order: deploy,
 * use, change, destroy, and nothing is left.
 */
const { client, output, deploy, destroy } = ownApp('custom-resources.fixture.ts', 'CustomResources');

async function retention(): Promise<number | undefined> {
  const logGroupNamePrefix = `/aws/lambda/${output('WriterName')}`;
  const { logGroups = [] } = await client(CloudWatchLogs).describeLogGroups({ logGroupNamePrefix });
  return logGroups[0]?.retentionInDays;
}

const parameter = async () => (await client(SSM).getParameter({ Name: '/own-apps/value' })).Parameter?.Value;

test('they are made', async () => {
  await deploy({ value: 'one' });
  expect([output('Told'), output('Version'), output('Asked')]).toEqual(['Create one', '1', '2']);
  expect(await parameter()).toBe('one');
  expect(await retention()).toBe(1);
});

test('a function finds the SDK that CDK left out of its bundle', async () => {
  const { Payload, FunctionError } = await client(Lambda).invoke({
    FunctionName: output('WriterName'),
    Payload: JSON.stringify({ key: 'left-behind' }),
  });
  expect(FunctionError).toBeUndefined();
  expect(Payload?.transformToString()).toBe('"left-behind"');
});

test('a rule writes to its log group', async () => {
  await client(EventBridge).putEvents({ Entries: [{ Source: 'own-apps', DetailType: 'Baked', Detail: '{"n":1}' }] });
  const logGroupName = output('EventsName');
  const read = () => client(CloudWatchLogs).filterLogEvents({ logGroupName });
  await vi.waitFor(async () => expect((await read()).events?.[0]?.message).toContain('"n":1'));
});

test('they are changed', async () => {
  await deploy({ value: 'two' });
  expect([output('Told'), output('Version'), output('Asked')]).toEqual(['Update two', '2', '2']);
  expect(await parameter()).toBe('two');
  expect(await retention()).toBe(7);
});

test('they go, and the bucket is emptied before', async () => {
  await destroy({ value: 'two' });
  await expect(parameter()).rejects.toMatchObject({ name: 'ParameterNotFound' });
  const { Buckets = [] } = await client(S3).listBuckets({});
  expect(Buckets.map(({ Name }) => Name)).not.toContain(output('BucketName'));
  expect((await client(CloudWatchLogs).describeResourcePolicies({})).resourcePolicies).toEqual([]);
});

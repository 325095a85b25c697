import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { SQS } from '@aws-sdk/client-sqs';
import { expect, test, vi } from 'vitest';
import { ownApp } from './own-app.fixture.ts';

/** A table's stream, a topic and its subscribers, as CDK writes them. The tests are one story, in its order. */
const { client, output, deploy, destroy } = ownApp('fan-out.fixture.ts', 'FanOut');

const place = (id: string, cookies: number) =>
  client(DynamoDB).putItem({
    TableName: output('TableName'),
    Item: { id: { S: id }, cookies: { N: String(cookies) } },
  });

async function received(queue: string): Promise<(string | undefined)[]> {
  const QueueUrl = output(queue);
  const { Messages = [] } = await client(SQS).receiveMessage({
    QueueUrl,
    WaitTimeSeconds: 10,
    MaxNumberOfMessages: 10,
  });
  for (const { ReceiptHandle } of Messages) {
    await client(SQS).deleteMessage({ QueueUrl, ReceiptHandle });
  }
  return Messages.map(({ Body }) => Body);
}

async function noted(): Promise<string[]> {
  const logGroupName = `/aws/lambda/${output('NoterName')}`;
  const { events = [] } = await client(CloudWatchLogs).filterLogEvents({ logGroupName, filterPattern: 'NOTED' });
  return events.map(({ message = '' }) => message.trim().replace(/.*NOTED /s, ''));
}

test('it is deployed', async () => {
  await deploy();
});

test('an order reaches all who want it', async () => {
  await place('small', 1);
  await place('large', 12);
  expect(await received('LargeOrdersName')).toEqual(['large']);
  await vi.waitFor(async () => expect((await noted()).sort()).toEqual(['large', 'small']));
});

test('one that breaks the function is told of, and keeps no other', async () => {
  await place('broken', 1);
  await place('after', 30);
  expect(await received('LargeOrdersName')).toEqual(['after']);
  const [failure = '{}'] = await received('FailedName');
  expect(JSON.parse(failure)).toMatchObject({
    requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 2 },
    DDBStreamBatchInfo: { batchSize: 1 },
  });
});

test('a rule tells the topic, too', async () => {
  await client(EventBridge).putEvents({ Entries: [{ Source: 'shop', DetailType: 'Closing', Detail: '{"at":18}' }] });
  await vi.waitFor(async () => expect((await noted()).join()).toContain('"detail":{"at":18}'));
});

test('deployed again it changes nothing, and then its filter alone', async () => {
  const StackName = 'FanOut';
  expect(await deploy()).toContain('no changes');
  await deploy({ large: '20' });
  const { StackEvents = [] } = await client(CloudFormation).describeStackEvents({ StackName });
  const updated = StackEvents.filter(({ ResourceStatus }) => ResourceStatus === 'UPDATE_IN_PROGRESS');
  expect(updated.map(({ ResourceType }) => ResourceType)).toEqual([
    'AWS::SNS::Subscription',
    'AWS::CloudFormation::Stack',
  ]);
  await place('twelve', 12);
  await place('thirty', 30);
  expect(await received('LargeOrdersName')).toEqual(['thirty']);
});

test('it goes', async () => {
  await destroy({ large: '20' });
  expect((await client(DynamoDB).listTables({})).TableNames).toEqual([]);
});

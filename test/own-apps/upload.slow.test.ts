import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { S3 } from '@aws-sdk/client-s3';
import { SQS } from '@aws-sdk/client-sqs';
import { expect, test, vi } from 'vitest';
import { ownApp } from './own-app.fixture.ts';

/** Uploads, notifications, a layer and a bucket deployment, as CDK writes them. The tests are one story, in its order. */
const { client, output, deploy, destroy } = ownApp('upload.fixture.ts', 'Upload');

const put = (Key: string) => client(S3).putObject({ Bucket: output('BucketName'), Key, Body: 'crumbs' });

async function received(queue: string): Promise<string[]> {
  const QueueUrl = output(queue);
  const { Messages = [] } = await client(SQS).receiveMessage({
    QueueUrl,
    WaitTimeSeconds: 10,
    MaxNumberOfMessages: 10,
  });
  for (const { ReceiptHandle } of Messages) {
    await client(SQS).deleteMessage({ QueueUrl, ReceiptHandle });
  }
  return Messages.map(({ Body = '' }) => Body);
}

const file = async (Key: string) => {
  const { Body, ContentType } = await client(S3).getObject({ Bucket: output('BucketName'), Key });
  return [await Body?.transformToString(), ContentType];
};

test('it is deployed, and says what is done in the place of functions that are not run', async () => {
  await deploy();
});

test('an upload reaches the function, which finds its layer', async () => {
  await put('in/a b.txt');
  await put('in/other.png');
  await put('else/c.txt');
  const items = async () => (await client(DynamoDB).scan({ TableName: output('TableName') })).Items;
  await vi.waitFor(
    async () => expect(await items()).toEqual([{ key: { S: 'in/a b.txt' }, shouted: { S: 'IN/A+B.TXT' } }]),
    20_000,
  );
});

test('EventBridge and a queue are told, too', async () => {
  const events = (await received('SeenName')).map((body) => JSON.parse(body));
  expect(events.map(({ detail }) => detail.object.key)).toContain('in/a b.txt');
  const [test = '{}'] = await received('DeletedName');
  expect(JSON.parse(test)).toMatchObject({ Event: 's3:TestEvent', Bucket: output('BucketName') });
  await client(S3).deleteObject({ Bucket: output('BucketName'), Key: 'else/c.txt' });
  const [removed = '{}'] = await received('DeletedName');
  expect(JSON.parse(removed).Records).toMatchObject([
    { eventName: 'ObjectRemoved:Delete', s3: { object: { key: 'else/c.txt' } } },
  ]);
});

test('the files of the app are there, and follow it', async () => {
  expect(await file('site/index.html')).toEqual(['<p>first</p>', 'text/html']);
  expect(await file('site/config.json')).toEqual([JSON.stringify({ table: output('TableName') }), 'application/json']);
  await put('site/stray.txt');
  await deploy({ note: 'second' });
  expect(await file('site/index.html')).toEqual(['<p>second</p>', 'text/html']);
  await expect(file('site/stray.txt')).rejects.toMatchObject({ name: 'NoSuchKey' });
});

test('it goes, with all that is in the bucket', async () => {
  await destroy({ note: 'second' });
  const { Buckets = [] } = await client(S3).listBuckets({});
  expect(Buckets.map(({ Name }) => Name)).not.toContain(output('BucketName'));
});

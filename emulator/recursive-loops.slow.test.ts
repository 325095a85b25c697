import { S3 } from '@aws-sdk/client-s3';
import { SNS } from '@aws-sdk/client-sns';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startEndpoint } from './endpoint.fixture.ts';

/** How often one event may invoke a function ("Use Lambda recursive loop detection to prevent infinite loops"). */
const most = 16;

/** Sends what it gets back to where it came from, by the SDK of the runtime. */
const echo = `
import { LambdaClient, InvokeCommand } from '@aws-sdk/client-lambda';
import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3';
import { SNSClient, PublishCommand } from '@aws-sdk/client-sns';
import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
const { KIND, TO, AWS_LAMBDA_FUNCTION_NAME: FunctionName } = process.env;
const senders = {
  itself: () => new LambdaClient().send(new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload: '{}' })),
  topic: () => new SNSClient().send(new PublishCommand({ TopicArn: TO, Message: 'again' })),
  queue: () => new SQSClient().send(new SendMessageCommand({ QueueUrl: TO, MessageBody: 'again' })),
  bucket: () => new S3Client({ forcePathStyle: true }).send(new PutObjectCommand({ Bucket: TO, Key: 'again', Body: '' })),
};
export const handler = async () => {
  console.log('RUN');
  await senders[KIND]();
};`;

async function start() {
  const endpoint = await startEndpoint();
  const { url, deploy, lambda, sqs } = endpoint;
  const credentials = { accessKeyId: 'test-factory', secretAccessKey: 'x' };
  const configuration = { endpoint: url, region: 'eu-west-1', credentials };
  const clients = { s3: new S3({ ...configuration, forcePathStyle: true }), sns: new SNS(configuration) };
  onTestFinished(() => {
    clients.s3.destroy();
    clients.sns.destroy();
  });
  const dead = await endpoint.queue('dead');
  const deployEcho = async (kind: string, to = '') => {
    const DeadLetterConfig = { TargetArn: dead.arn };
    await deploy(kind, echo, { Timeout: 6, Environment: { Variables: { KIND: kind, TO: to } }, DeadLetterConfig });
    await lambda.putFunctionEventInvokeConfig({ FunctionName: kind, MaximumRetryAttempts: 0 });
  };
  const runs = async (kind: string) => (await endpoint.logged(kind)).filter((line) => line.endsWith('RUN')).length;
  /** Waits for the event that is dropped. */
  const stopped = async () => {
    const input = { QueueUrl: dead.url, WaitTimeSeconds: 20, MessageAttributeNames: ['All'] };
    const { Messages: [message] = [] } = await sqs.receiveMessage(input);
    return message?.MessageAttributes?.['ErrorMessage']?.StringValue;
  };
  return { ...endpoint, ...clients, dead, deployEcho, runs, stopped };
}

const why = expect.stringContaining('invoked in a recursive loop');

test('a function that invokes itself is stopped', async () => {
  const { deployEcho, lambda, runs, stopped } = await start();
  await deployEcho('itself');
  await lambda.invoke({ FunctionName: 'itself', InvocationType: 'Event' });
  expect(await stopped()).toEqual(why);
  expect(await runs('itself')).toBe(most);
});

test('so is one that publishes to the topic which invokes it', async () => {
  const { sns, deployEcho, arnOf, runs, stopped } = await start();
  const { TopicArn = '' } = await sns.createTopic({ Name: 'loop' });
  await deployEcho('topic', TopicArn);
  await sns.subscribe({ TopicArn, Protocol: 'lambda', Endpoint: arnOf('topic') });
  await sns.publish({ TopicArn, Message: 'first' });
  expect(await stopped()).toEqual(why);
  expect(await runs('topic')).toBe(most);
});

test('so is one that puts objects into the bucket which invokes it', async () => {
  const { s3, deployEcho, arnOf, runs, stopped } = await start();
  await s3.createBucket({ Bucket: 'loop' });
  await deployEcho('bucket', 'loop');
  const LambdaFunctionConfigurations = [
    { LambdaFunctionArn: arnOf('bucket'), Events: ['s3:ObjectCreated:*' as const] },
  ];
  const NotificationConfiguration = { LambdaFunctionConfigurations };
  await s3.putBucketNotificationConfiguration({ Bucket: 'loop', NotificationConfiguration });
  await s3.putObject({ Bucket: 'loop', Key: 'first', Body: '' });
  expect(await stopped()).toEqual(why);
  expect(await runs('bucket')).toBe(most);
});

test("the message that a function is not given any more goes to its queue's dead-letter queue", async () => {
  const { sqs, lambda, queue, dead, deployEcho, runs } = await start();
  const { url, arn } = await queue('loop');
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 1 });
  await sqs.setQueueAttributes({ QueueUrl: url, Attributes: { RedrivePolicy, VisibilityTimeout: '6' } });
  await deployEcho('queue', url);
  await lambda.createEventSourceMapping({ FunctionName: 'queue', EventSourceArn: arn });
  await sqs.sendMessage({ QueueUrl: url, MessageBody: 'first' });
  await vi.waitFor(async () => expect(await runs('queue')).toBe(most));
  await sqs.setQueueAttributes({ QueueUrl: url, Attributes: { VisibilityTimeout: '0' } });
  const { Messages } = await sqs.receiveMessage({ QueueUrl: dead.url, WaitTimeSeconds: 20 });
  expect(Messages?.map(({ Body }) => Body)).toEqual(['again']);
  expect(await runs('queue')).toBe(most);
});

test('a function may be allowed to loop', async () => {
  const { deployEcho, lambda, runs } = await start();
  await deployEcho('itself');
  expect(await lambda.getFunctionRecursionConfig({ FunctionName: 'itself' })).toMatchObject({
    RecursiveLoop: 'Terminate',
  });
  await lambda.putFunctionRecursionConfig({ FunctionName: 'itself', RecursiveLoop: 'Allow' });
  await lambda.invoke({ FunctionName: 'itself', InvocationType: 'Event' });
  await vi.waitFor(async () => expect(await runs('itself')).toBeGreaterThan(most));
  await lambda.putFunctionRecursionConfig({ FunctionName: 'itself', RecursiveLoop: 'Terminate' });
});

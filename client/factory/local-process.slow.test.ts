import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudFormationClient, CreateStackCommand, waitUntilStackCreateComplete } from '@aws-sdk/client-cloudformation';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type Emulator, startEmulator } from 'embedded-aws';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { sabayon } from '../../functions/domain/kitchen.fixture.ts';
import { startCommand } from '../../terminal/command.fixture.ts';
import { clientConfiguration } from '../endpoint/client-configuration.ts';
import { factoryOutputs, factoryStack } from './deployed-factory.ts';

/** `serve` and `admin`, as they are called, with a stack that has as much of the factory as they need. */

let emulator: Emulator;
let empty: Emulator;

beforeAll(async () => {
  [emulator, empty] = await Promise.all([startEmulator({ port: 0 }), startEmulator({ port: 0 })]);
  const client = new CloudFormationClient(clientConfiguration(emulator.url));
  const TemplateBody = JSON.stringify(smallFactory());
  await client.send(
    new CreateStackCommand({ StackName: factoryStack, TemplateBody, Capabilities: ['CAPABILITY_IAM'] }),
  );
  await waitUntilStackCreateComplete({ client, maxWaitTime: 30, minDelay: 1 }, { StackName: factoryStack });
  client.destroy();
});

afterAll(() => Promise.all([emulator.close(), empty.close()]));

function smallFactory() {
  const table = (partitionKey: string) => ({
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: partitionKey, KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: partitionKey, AttributeType: 'S' }],
    },
  });
  const ref = (Ref: string) => ({ Ref });
  const lambda = (Variables: object) => ({
    Type: 'AWS::Lambda::Function',
    Properties: {
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Code: { ZipFile: 'exports.handler = async () => {}' },
      Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
      Environment: { Variables },
    },
  });
  const statement = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
  return {
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [statement] } },
      },
      Orders: table('orderId'),
      Recipes: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: JSON.stringify([sabayon]) } },
      DeadLetters: { Type: 'AWS::SQS::Queue', Properties: {} },
      Queue: {
        Type: 'AWS::SQS::Queue',
        Properties: {
          RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['DeadLetters', 'Arn'] }, maxReceiveCount: 1 },
        },
      },
      Ordering: lambda({
        ORDER_TABLE: ref('Orders'),
        RECIPE_BOOK_PARAMETER: ref('Recipes'),
        BAKE_QUEUE_URL: ref('Queue'),
      }),
      Cleanup: lambda({
        ORDER_TABLE: ref('Orders'),
        BAKE_QUEUE_URL: ref('Queue'),
        KEEP_BAKED_MINUTES: '60',
        EXPIRE_MINUTES: '120',
        REQUEUE_MINUTES: '5',
        RELEASE: '4711',
      }),
    },
    Outputs: {
      OrderingUrl: { Value: 'http://127.0.0.1:9/' },
      OrderingFunction: { Value: ref('Ordering') },
      CleanupFunction: { Value: ref('Cleanup') },
      BakeQueueUrl: { Value: ref('Queue') },
      BakeDeadLetterQueueUrl: { Value: ref('DeadLetters') },
    },
  };
}

const start = (script: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}) =>
  startCommand(script, args, { AWS_ENDPOINT_URL: emulator.url, ...environment });

const run = (...started: Parameters<typeof start>) => start(...started).ended;

test('admin cleans up once, and its report is all that is on stdout', async () => {
  const { code, stdout, stderr } = await run('admin', ['cleanup', '--dry-run']);
  expect(JSON.parse(stdout)).toEqual({
    removed: { baked: 0, expired: 0 },
    requeued: 0,
    unreadable: 0,
    failed: 0,
    examined: 0,
    complete: true,
    dryRun: true,
    release: '4711',
  });
  expect(JSON.parse(stderr)).toMatchObject({ message: 'CleanedUp' });
  expect(code).toBe(0);
});

test('admin counts the dead letters, and puts them back on the queue they came from', async () => {
  const sqs = new SQSClient({ ...clientConfiguration(emulator.url), useQueueUrlAsEndpoint: false });
  onTestFinished(() => sqs.destroy());
  const QueueUrl = (await factoryOutputs(emulator.url))?.['BakeQueueUrl'];
  const bodies = ['one', 'two', 'three'];
  for (const MessageBody of bodies) {
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  }
  const receive = { QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 };
  await sqs.send(new ReceiveMessageCommand(receive));
  // They were handed out as often as they may be: whoever asks for them now has them put aside.
  await sqs.send(new ReceiveMessageCommand(receive));

  const counted = await run('admin', ['redrive', '--dry-run']);
  expect([counted.code, JSON.parse(counted.stdout)]).toEqual([0, { waiting: 3, moved: 0, dryRun: true }]);
  const { code, stdout, stderr } = await run('admin', ['redrive']);
  expect([code, JSON.parse(stdout), stderr]).toEqual([0, { waiting: 3, moved: 3, dryRun: false }, '']);
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ ...receive, WaitTimeSeconds: 5 }));
  expect(Messages.map(({ Body = '' }) => Body).toSorted()).toEqual(bodies.toSorted());

  const again = await run('admin', ['redrive']);
  expect([again.code, JSON.parse(again.stdout)]).toEqual([0, { waiting: 0, moved: 0, dryRun: false }]);
});

test.runIf(process.platform !== 'win32')(
  'serve is a server of the deployed factory until it is told to stop',
  async () => {
    const laptop = { TZ: 'Asia/Tokyo', LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8', POWERTOOLS_LOG_LEVEL: 'INFO' };
    const { child, ended } = start('serve', ['ordering'], { PORT: '0', ...laptop });
    let written = '';
    let log = '';
    child.stderr.on('data', (chunk: Buffer) => {
      written += chunk;
    });
    child.stdout.on('data', (chunk: Buffer) => {
      log += chunk;
    });
    const line = /^listening on (\S+)$/m;
    await expect.poll(() => written).toMatch(line);
    const url = line.exec(written)?.[1] ?? '';
    const recipes = await fetch(new URL('recipes', url));
    expect([recipes.status, await recipes.json()]).toEqual([200, { recipes: [sabayon] }]);
    const unknown = await fetch(new URL('menu', url));
    expect([unknown.status, unknown.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
    await unknown.arrayBuffer();
    // The server writes its times in its own time zone, and that is not the laptop's.
    await expect.poll(() => log).toMatch(/"timestamp":"[^"]+(Z|\+00:00)"/);
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
    await expect(fetch(url)).rejects.toThrow();
  },
);

test('serve says in one line that its port is in use', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void taken.close());
  await once(taken, 'listening');
  const port = String((taken.address() as AddressInfo).port);
  const { code, stderr } = await run('serve', ['ordering'], { PORT: port });
  expect(stderr).toMatch(/^The port of PORT is in use .*\n$/);
  expect(code).toBe(1);
});

const nowhere = { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' };

test.each<[string, readonly string[], () => NodeJS.ProcessEnv, RegExp]>([
  ['admin', [], () => ({}), /missing required argument 'task'/],
  ['admin', ['bake'], () => ({}), /no task "bake".*cleanup, redrive/],
  ['admin', ['cleanup', '--quickly'], () => ({}), /unknown option '--quickly'/],
  ['admin', ['cleanup'], () => nowhere, /Nothing answers at http:\/\/127\.0\.0\.1:1.*npm run emulator/],
  ['admin', ['cleanup'], () => ({ AWS_ENDPOINT_URL: empty.url }), /names no CleanupFunction.*npm run cdk -- deploy/],
  ['admin', ['redrive'], () => nowhere, /Nothing answers at http:\/\/127\.0\.0\.1:1.*npm run emulator/],
  [
    'admin',
    ['redrive'],
    () => ({ AWS_ENDPOINT_URL: empty.url }),
    /names no BakeDeadLetterQueueUrl.*npm run cdk -- deploy/,
  ],
  ['admin', ['cleanup', '--aws'], () => ({}), /aws lambda invoke/],
  ['serve', ['baking'], () => ({}), /no service "baking".*ordering, metrics/],
  ['serve', ['ordering'], () => nowhere, /Nothing answers at/],
  ['serve', ['metrics'], () => ({}), /names no MetricsFunction/],
  ['serve', ['ordering'], () => ({ PORT: 'http' }), /PORT must be a whole number/],
])('%s %j is refused in one line', async (script, args, environment, says) => {
  const { code, stderr } = await run(script, args, environment());
  expect(stderr).toMatch(says);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(code).toBe(1);
});

test.each(['serve', 'admin'])('%s --help shows an example', async (script) => {
  const { code, stdout } = await run(script, ['--help']);
  expect(stdout).toMatch(new RegExp(`npm run ${script}[^]*Example:\\n\\s+\\S`));
  expect(code).toBe(0);
});

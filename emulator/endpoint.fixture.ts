import { setTimeout as pause } from 'node:timers/promises';
import { CloudFormation, type CreateStackCommandInput } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { type CreateFunctionCommandInput, Lambda } from '@aws-sdk/client-lambda';
import { SQS } from '@aws-sdk/client-sqs';
import { onTestFinished } from 'vitest';
import { type EmulatorOptions, startEmulator } from './index.ts';
import { zipOf } from './services/lambda/function/zip.fixture.ts';

const account = '000000000000';
const region = 'eu-west-1';
const betweenLooksMs = 10;

/** The whole endpoint on a port of its own until the end of the test, and the SDK's clients of its services. */
export async function startEndpoint(options: EmulatorOptions = {}) {
  const emulator = await startEmulator({ port: 0, accessKeys: { 'test-factory': 'x' }, ...options });
  const credentials = { accessKeyId: 'test-factory', secretAccessKey: 'x' };
  const configuration = { endpoint: emulator.url, region: region, credentials, maxAttempts: 1 };
  const clients = {
    cloudformation: new CloudFormation(configuration),
    dynamodb: new DynamoDB(configuration),
    events: new EventBridge(configuration),
    lambda: new Lambda(configuration),
    logs: new CloudWatchLogs(configuration),
    sqs: new SQS(configuration),
  };
  onTestFinished(async () => {
    for (const client of Object.values(clients)) {
      client.destroy();
    }
    await emulator.close();
  });
  const { cloudformation, lambda, logs, sqs } = clients;

  /** Waits until a stack is left alone. Answers its outputs and its state. */
  const settled = async (StackName: string): Promise<Record<string, string | undefined>> => {
    for (;;) {
      const { Stacks: [stack] = [] } = await cloudformation.describeStacks({ StackName });
      if (stack?.StackStatus?.endsWith('_IN_PROGRESS')) {
        // Asked without a pause, it would take most of the time of what it waits for.
        await pause(betweenLooksMs);
        continue;
      }
      const outputs = (stack?.Outputs ?? []).map(({ OutputKey = '', OutputValue }) => [OutputKey, OutputValue]);
      return { ...Object.fromEntries(outputs), status: stack?.StackStatus };
    }
  };
  const forStack = (change: object): Omit<CreateStackCommandInput, 'StackName'> => ({
    Capabilities: ['CAPABILITY_IAM'],
    ...change,
  });

  return {
    ...clients,
    url: emulator.url,
    /** Makes a function of an ES module. */
    deploy: (FunctionName: string, code: string, more: Partial<CreateFunctionCommandInput> = {}) =>
      lambda.createFunction({
        FunctionName,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: `arn:aws:iam::${account}:role/shared`,
        Timeout: 20,
        Code: { ZipFile: zipOf(code) },
        ...more,
      }),
    /** What a function answers. */
    invoke: async (FunctionName: string, event: unknown = {}) => {
      const { Payload } = await lambda.invoke({ FunctionName, Payload: JSON.stringify(event) });
      return JSON.parse(Payload?.transformToString() ?? 'null');
    },
    queue: async (QueueName: string) => {
      const { QueueUrl = '' } = await sqs.createQueue({ QueueName });
      return { url: QueueUrl, arn: `arn:aws:sqs:${region}:${account}:${QueueName}` };
    },
    arnOf: (functionName: string) => `arn:aws:lambda:${region}:${account}:function:${functionName}`,
    /** What a function has logged, without Lambda's own lines. */
    logged: async (functionName: string): Promise<string[]> => {
      const { events = [] } = await logs.filterLogEvents({ logGroupName: `/aws/lambda/${functionName}` });
      return events
        .map(({ message = '' }) => message.trim())
        .filter((message) => !/^(START|END|REPORT|INIT)/.test(message));
    },
    settled,
    createStack: async (StackName: string, change: object) => {
      await cloudformation.createStack({ StackName, ...forStack(change) });
      return settled(StackName);
    },
    updateStack: async (StackName: string, change: object) => {
      await cloudformation.updateStack({ StackName, ...forStack(change) });
      return settled(StackName);
    },
    deleteStack: async (StackName: string) => {
      const { StackId = '' } = (await cloudformation.describeStacks({ StackName })).Stacks?.[0] ?? {};
      await cloudformation.deleteStack({ StackName });
      return settled(StackId);
    },
  };
}

import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { CreateFunctionCommand, LambdaClient, type LoggingConfig } from '@aws-sdk/client-lambda';
import { strToU8, zipSync } from 'fflate';
import { beforeAll, expect, test } from 'vitest';
import { useEndpoint } from '../../functions/adapters/endpoint.fixture.ts';
import { eventsOf, LogGroupMissing, logGroupsOf } from './function-log.ts';

const reach = useEndpoint();
let lambda: LambdaClient;
let logs: CloudWatchLogsClient;

beforeAll(() => {
  [lambda, logs] = [new LambdaClient(reach()), new CloudWatchLogsClient(reach())];
});

async function createFunction(FunctionName: string, loggingConfig?: LoggingConfig): Promise<void> {
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Role: 'arn:aws:iam::000000000000:role/baking',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Code: { ZipFile: zipSync({ 'index.mjs': strToU8('export const handler = async () => 1;') }) },
      ...(loggingConfig && { LoggingConfig: loggingConfig }),
    }),
  );
}

async function createGroup(logGroupName: string, ...messages: readonly string[]): Promise<void> {
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
  if (messages.length === 0) {
    return;
  }
  const logStreamName = 'one';
  await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
  const logEvents = messages.map((message) => ({ message, timestamp: Date.now() }));
  await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
}

test('a function may write to the group that it is configured with, and to that of its name', async () => {
  await createGroup('configured');
  await createFunction('baking', { LogGroup: 'configured' });
  expect(await logGroupsOf(lambda, 'baking')).toEqual(['configured', '/aws/lambda/baking']);
});

test('a function that is configured with none has one group', async () => {
  await createFunction('cleanup');
  expect(await logGroupsOf(lambda, 'cleanup')).toEqual(['/aws/lambda/cleanup']);
});

async function messagesIn(...groups: readonly string[]): Promise<string[]> {
  return (await Array.fromAsync(eventsOf(logs, { groups, pattern: 'baked' }))).map(({ message }) => message);
}

test.each([
  { where: 'in the configured group, and there is no other', groups: { own: ['baked 1', 'other'] } },
  { where: 'in the default group, and the configured one is empty', groups: { own: [], byDefault: ['baked 1'] } },
  { where: 'in the default group, and there is no other', groups: { byDefault: ['other', 'baked 1'] } },
  { where: 'in both groups', groups: { own: ['baked 1'], byDefault: ['baked 2'] }, found: ['baked 1', 'baked 2'] },
])('a line is found $where', async ({ where, groups, found = ['baked 1'] }) => {
  const names = ['own', 'byDefault'].map((name) => `${name}/${where.length}`);
  for (const [index, messages] of [groups.own, groups.byDefault].entries()) {
    if (messages) {
      await createGroup(names[index] ?? '', ...messages);
    }
  }
  expect(await messagesIn(...names)).toEqual(found);
});

test('where there is no group at all, that is said, and not that nothing was logged', async () => {
  await expect(messagesIn('neither', 'nor')).rejects.toThrow(new LogGroupMissing(['neither', 'nor']));
});

import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type * as lambda from '@aws-sdk/client-lambda';
import { expect, onTestFinished } from 'vitest';
import { AccessKeys } from '../../wire/authentication/access-keys.ts';
import { internalCall, type Region } from '../../wire/operation.ts';
import { createSqs } from '../sqs/sqs.ts';
import type { LogsOperations } from './environment/log/log-stream.ts';
import { zipOf } from './function/zip.fixture.ts';
import { createLambda, type LambdaDeps } from './lambda.ts';

export const accountId = '123456789012';

export interface Logged {
  readonly group: string;
  readonly stream: string;
  readonly message: string;
}

/** Keeps log events. Like CloudWatch Logs it takes none for a stream that was not made. */
function recordingLogs(events: Logged[]): LogsOperations {
  const groups = new Set<string | undefined>();
  const existing = () => Object.assign(new Error('exists'), { name: 'ResourceAlreadyExistsException' });
  return {
    CreateLogGroup: ({ logGroupName }) => {
      if (groups.has(logGroupName)) {
        throw existing();
      }
      groups.add(logGroupName);
      return {};
    },
    CreateLogStream: () => ({}),
    PutLogEvents: ({ logGroupName: group = '', logStreamName: stream = '', logEvents = [] }) => {
      events.push(...logEvents.map(({ message = '' }) => ({ group, stream, message })));
      return {};
    },
  };
}

/** Lambda with real processes and the real SQS. At the test's end it is closed, and nothing may be left of it. */
export function startLambda(
  options: Pick<LambdaDeps, 'isMemoryShort' | 'maxEnvironments' | 'timings'> &
    Partial<Pick<LambdaDeps, 's3GetObject' | 'findStream' | 'putEvent'>> &
    Pick<Region, 'activity'> = {},
) {
  const { activity } = options;
  const endpoint = 'http://127.0.0.1:4566';
  const region: Region = { accountId: accountId, name: 'eu-west-1', endpoint, ...(activity && { activity }) };
  const logged: Logged[] = [];
  const sqs = createSqs(region);
  const s3GetObject = () =>
    Promise.reject(Object.assign(new Error('The specified key does not exist.'), { name: 'NoSuchKey' }));
  const { close, ...started } = createLambda(region, {
    accessKeys: new AccessKeys(accountId, { known: 'secret' }),
    logs: recordingLogs(logged),
    sqs: sqs.operations,
    s3GetObject,
    ...options,
  });
  const { operations, environments } = started;
  const deployed = new Set<string>();
  onTestFinished(async () => {
    const left = [...deployed].flatMap((name) => environments(name));
    const root = left[0] && dirname(dirname(left[0].version.code.directory));
    await close();
    sqs.close();
    expect(
      left.filter(({ processId }) => isAlive(processId)),
      'processes that are left',
    ).toEqual([]);
    if (root) {
      expect(existsSync(root), 'files that are left').toBe(false);
    }
  });

  const invoke = async (FunctionName: string, event: unknown = {}, more: Partial<lambda.InvocationRequest> = {}) => {
    const input = { FunctionName, Payload: Buffer.from(JSON.stringify(event)), ...more };
    const { Payload = Buffer.from('null'), LogResult, ...answer } = await operations.Invoke(input, internalCall());
    const text = Buffer.from(Payload).toString();
    return {
      ...answer,
      result: text ? JSON.parse(text) : undefined,
      log: Buffer.from(LogResult ?? '', 'base64').toString(),
    };
  };

  return {
    ...started,
    close,
    region,
    sqs: sqs.operations,
    logged,
    /** Makes a function of an ES module, or of files. */
    deploy: (
      FunctionName: string,
      code: string | Record<string, string>,
      more: Partial<lambda.CreateFunctionRequest> = {},
    ) => {
      deployed.add(FunctionName);
      return operations.CreateFunction({
        FunctionName,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: `arn:aws:iam::${accountId}:role/${FunctionName}-role`,
        Code: { ZipFile: zipOf(code) },
        ...more,
      });
    },
    invoke,
    queue: async (QueueName: string, Attributes: Record<string, string> = {}) => {
      const { QueueUrl = '' } = await sqs.operations.CreateQueue({ QueueName, Attributes });
      return { url: QueueUrl, arn: `arn:aws:sqs:${region.name}:${accountId}:${QueueName}` };
    },
    send: (QueueUrl: string, body: unknown) =>
      sqs.operations.SendMessage(
        { QueueUrl, MessageBody: typeof body === 'string' ? body : JSON.stringify(body) },
        internalCall(),
      ),
    /** Visible messages and those in flight. */
    counts: async (QueueUrl: string) => {
      const { Attributes = {} } = await sqs.operations.GetQueueAttributes({ QueueUrl, AttributeNames: ['All'] });
      return [Attributes['ApproximateNumberOfMessages'], Attributes['ApproximateNumberOfMessagesNotVisible']].map(
        Number,
      );
    },
  };
}

/** Whether a process runs. One that ended and was not yet collected by its parent does not. */
export function isAlive(processId: number | undefined): boolean {
  if (processId === undefined) {
    return false;
  }
  try {
    process.kill(processId, 0);
    return process.platform !== 'linux' || !/\) Z/.test(readFileSync(`/proc/${processId}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

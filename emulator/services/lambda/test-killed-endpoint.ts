// The process of an endpoint with one environment at work, for a test to kill. It prints the environment's process id.
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { AccessKeys } from '../../wire/access-keys.ts';
import { internalCall } from '../../wire/operation.ts';
import { createLambda } from './lambda.ts';
import { zipOf } from './test-zip.ts';

const unused = () => {
  throw new Error('This test uses neither queues nor objects.');
};
const { operations, environments } = createLambda(
  { accountId: '123456789012', name: 'eu-west-1', endpoint: 'http://127.0.0.1:4566' },
  {
    accessKeys: new AccessKeys('123456789012'),
    logs: { CreateLogGroup: () => ({}), CreateLogStream: () => ({}), PutLogEvents: () => ({}) },
    sqs: {
      DeleteMessageBatch: unused,
      GetQueueAttributes: unused,
      GetQueueUrl: unused,
      ReceiveMessage: unused,
      SendMessage: unused,
    },
    s3GetObject: unused,
  },
);
await operations.CreateFunction({
  FunctionName: 'f',
  Runtime: 'nodejs24.x',
  Handler: 'index.handler',
  Role: 'arn:aws:iam::123456789012:role/r',
  Timeout: 60,
  Code: { ZipFile: zipOf('export const handler = ({ ms }) => new Promise((resolve) => setTimeout(resolve, ms));') },
});
const invoke = (ms: number) =>
  operations.Invoke({ FunctionName: 'f', Payload: Buffer.from(JSON.stringify({ ms })) }, internalCall());
await invoke(0);
void invoke(60_000);
const [environment] = environments('f');
// Nobody will close this service, so its files are removed now; the environment has what it needs in memory.
if (environment) rmSync(dirname(dirname(environment.version.code.directory)), { recursive: true });
console.log(environment?.processId);

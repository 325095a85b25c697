// The process of an endpoint with one environment at work, for a test to kill. The code of the function comes by its arguments; it prints
// what the function answers, and then its environment's process id and the endpoint's directory.
import { dirname } from 'node:path';
import { AccessKeys } from '../../../../wire/authentication/access-keys.ts';
import { internalCall } from '../../../../wire/operation.ts';
import { zipOf } from '../../function/zip.fixture.ts';
import { createLambda } from '../../lambda.ts';

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
  Code: { ZipFile: zipOf(process.argv[2] ?? '') },
});
const invoke = (event: object) =>
  operations.Invoke({ FunctionName: 'f', Payload: Buffer.from(JSON.stringify(event)) }, internalCall());
const { Payload = 'null' } = await invoke({});
const [environment] = environments('f');
console.log(
  JSON.stringify({
    answer: JSON.parse(Buffer.from(Payload).toString()),
    processId: environment?.processId,
    directory: environment && dirname(dirname(environment.version.code.directory)),
  }),
);
void invoke({ forEver: true });

import * as lambda from '@aws-sdk/client-lambda';
import { expect, onTestFinished, test } from 'vitest';
import { serve } from '../../gateway.fixture.ts';
import { zipOf } from './function/zip.fixture.ts';
import { startLambda } from './lambda.fixture.ts';

/** The SDK's own client, over HTTP. */
async function startClient() {
  const started = startLambda();
  const { configuration } = await serve([started.service]);
  const client = new lambda.LambdaClient(configuration);
  onTestFinished(() => client.destroy());
  return { ...started, client };
}

test('the SDK makes, awaits, invokes and deletes a function', async () => {
  const { client, deploy } = await startClient();
  await deploy('seen-at-close', 'export const handler = async () => 1;');
  const made = await client.send(
    new lambda.CreateFunctionCommand({
      FunctionName: 'f',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: 'arn:aws:iam::123456789012:role/r',
      Code: { ZipFile: zipOf('export const handler = async (event) => { console.log("hi"); return { event } };') },
    }),
  );
  await lambda.waitUntilFunctionActiveV2({ client, maxWaitTime: 5 }, { FunctionName: 'f' });
  await client.send(new lambda.UpdateFunctionConfigurationCommand({ FunctionName: 'f', Timeout: 4 }));
  await lambda.waitUntilFunctionUpdatedV2({ client, maxWaitTime: 5 }, { FunctionName: made.FunctionArn });
  const invoked = await client.send(
    new lambda.InvokeCommand({ FunctionName: made.FunctionArn, Payload: Buffer.from('{"a":1}'), LogType: 'Tail' }),
  );
  expect(invoked).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
  expect(JSON.parse(invoked.Payload?.transformToString() ?? '')).toEqual({ event: { a: 1 } });
  expect(Buffer.from(invoked.LogResult ?? '', 'base64').toString()).toMatch(/INFO\thi\n.*REPORT RequestId/s);
  await client.send(new lambda.DeleteFunctionCommand({ FunctionName: 'f' }));
  await expect(client.send(new lambda.InvokeCommand({ FunctionName: 'f' }))).rejects.toBeInstanceOf(
    lambda.ResourceNotFoundException,
  );
});

test('the SDK recognises errors, with their reasons', async () => {
  const { client, deploy, operations } = await startClient();
  await deploy('f', 'export const handler = async () => { throw new Error("boom") };');
  const failed = await client.send(new lambda.InvokeCommand({ FunctionName: 'f' }));
  expect(failed.FunctionError).toBe('Unhandled');
  operations.PutFunctionConcurrency({ FunctionName: 'f', ReservedConcurrentExecutions: 0 });
  await expect(client.send(new lambda.InvokeCommand({ FunctionName: 'f' }))).rejects.toMatchObject({
    name: 'TooManyRequestsException',
    message: 'Rate Exceeded.',
    Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    $metadata: { httpStatusCode: 429 },
  });
  const unserved = client.send(new lambda.GetFunctionScalingConfigCommand({ FunctionName: 'f', Qualifier: '1' }));
  await expect(unserved).rejects.toMatchObject({ $metadata: { httpStatusCode: 501 } });
});

test('a mapping and a URL by the SDK', async () => {
  const { client, deploy, queue } = await startClient();
  const { arn } = await queue('orders');
  await deploy('f', 'export const handler = async () => 1;');
  const mapping = await client.send(
    new lambda.CreateEventSourceMappingCommand({ FunctionName: 'f', EventSourceArn: arn }),
  );
  expect(mapping.LastModified).toBeInstanceOf(Date);
  const url = await client.send(new lambda.CreateFunctionUrlConfigCommand({ FunctionName: 'f', AuthType: 'NONE' }));
  expect(url.FunctionUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  const { AccountLimit } = await client.send(new lambda.GetAccountSettingsCommand({}));
  expect(AccountLimit?.ConcurrentExecutions).toBe(1000);
});

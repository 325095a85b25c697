import {
  CreateAliasCommand,
  CreateFunctionCommand,
  LambdaClient,
  PublishVersionCommand,
  UpdateFunctionCodeCommand,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda';
import { strToU8, zipSync } from 'fflate';
import { expect, onTestFinished, test } from 'vitest';
import { useEndpoint } from '../functions/adapters/endpoint.fixture.ts';
import type { DeployedStack } from './deployed-stack.ts';
import { liveVersions, pointAliases, publishedVersions } from './versions.ts';

const reach = useEndpoint();

const code = (answer: number) => zipSync({ 'index.mjs': strToU8(`export const handler = async () => ${answer};`) });

/** A stack that says it runs version 2 of a function, whose alias is at version 1, as LocalStack leaves it. */
async function leftBehind() {
  const lambda = new LambdaClient(reach());
  onTestFinished(() => lambda.destroy());
  const FunctionName = 'ordering';
  await lambda.send(
    new CreateFunctionCommand({
      ...{ FunctionName, Runtime: 'nodejs24.x', Handler: 'index.handler', Code: { ZipFile: code(1) } },
      ...{ Role: 'arn:aws:iam::000000000000:role/ordering', Publish: true },
    }),
  );
  await waitUntilFunctionActiveV2({ client: lambda, minDelay: 1, maxWaitTime: 60 }, { FunctionName });
  await lambda.send(new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '1' }));
  await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: code(2) }));
  await lambda.send(new PublishVersionCommand({ FunctionName }));
  const stack: DeployedStack = {
    ...{ id: 'arn:prod', name: 'Factor05-Prod', status: 'UPDATE_COMPLETE', statusReason: undefined },
    outputs: { OrderingFunction: FunctionName },
    versions: [],
    parameters: { OrderingVersion: '2' },
  };
  return { lambda, stack };
}

test('an alias that an update of the stack left where it was is pointed, once', async () => {
  const { lambda, stack } = await leftBehind();
  expect(await pointAliases(stack, { Ordering: '2' }, lambda)).toEqual(['Ordering']);
  expect(await liveVersions(stack, lambda)).toEqual({ Ordering: '2' });
  expect(await pointAliases(stack, { Ordering: '2' }, lambda)).toEqual([]);
});

test('what was published last is told by the versions of the stack, which functions without releases have none of', () => {
  const arn = 'arn:aws:lambda:eu-west-1:000000000000:function:';
  const stack: DeployedStack = {
    ...{ id: 'arn:prod', name: 'Factor05-Prod', status: 'UPDATE_COMPLETE', statusReason: undefined },
    outputs: { OrderingFunction: 'ordering', PorterFunction: 'porter' },
    parameters: { OrderingVersion: '1' },
    versions: [`${arn}ordering:12`],
  };
  expect(publishedVersions(stack)).toEqual({ Ordering: '12' });
  expect(() => publishedVersions({ ...stack, versions: [] })).toThrow(
    'The stack Factor05-Prod has published no version of Ordering.',
  );
});

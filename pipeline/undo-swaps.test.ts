import {
  CreateAliasCommand,
  CreateFunctionCommand,
  LambdaClient,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda';
import { strToU8, zipSync } from 'fflate';
import { expect, onTestFinished, test } from 'vitest';
import { useEndpoint } from '../functions/adapters/endpoint.fixture.ts';
import type { DeployedStack } from './deployed-stack.ts';
import { undoSwaps } from './undo-swaps.ts';
import { liveVersions } from './versions.ts';

const reach = useEndpoint();
const code = (answer: number) => zipSync({ 'index.mjs': strToU8(`export const handler = async () => ${answer};`) });
const arn = 'arn:aws:lambda:eu-west-1:000000000000:function:';

/** A stack with versions 1 and 2 of a function, of which it has published the second, and how to swap its code. */
async function deployed(FunctionName: string) {
  const lambda = new LambdaClient(reach());
  onTestFinished(() => lambda.destroy());
  await lambda.send(
    new CreateFunctionCommand({
      ...{ FunctionName, Runtime: 'nodejs24.x', Handler: 'index.handler', Code: { ZipFile: code(1) } },
      ...{ Role: 'arn:aws:iam::000000000000:role/ordering', Publish: true },
    }),
  );
  await waitUntilFunctionActiveV2({ client: lambda, minDelay: 1, maxWaitTime: 60 }, { FunctionName });
  await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: code(2), Publish: true }));
  await lambda.send(new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '2' }));
  const stack: DeployedStack = {
    ...{ id: 'arn:prod', name: 'Factor12-Prod', status: 'UPDATE_COMPLETE', statusReason: undefined },
    ...{ outputs: { OrderingFunction: FunctionName }, parameters: { OrderingVersion: '' } },
    versions: [`${arn}${FunctionName}:2`],
  };
  const swap = async () => {
    await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: code(3) }));
    return await lambda.send(new PublishVersionCommand({ FunctionName }));
  };
  const run = (FunctionVersion = '') =>
    lambda.send(new UpdateAliasCommand({ FunctionName, Name: 'live', FunctionVersion }));
  return { lambda, stack, swap, run };
}

test('after a hotswap runs what the stack says, and the swapped code can be published again', async () => {
  const { lambda, stack, swap, run } = await deployed('hotswapped');
  await run((await swap()).Version);
  await undoSwaps(stack, lambda);
  expect(await liveVersions(stack, lambda)).toEqual({ Ordering: '2' });
  expect(await swap()).toMatchObject({ Version: '4' });
});

test.each([
  ['what was published', '', '2'],
  ['the version that was chosen', '1', '1'],
])('after a swap on save that was killed runs %s', async (_which, OrderingVersion, runs) => {
  const { lambda, stack, run } = await deployed(`killed-${runs}`);
  await run('$LATEST');
  await undoSwaps({ ...stack, parameters: { OrderingVersion } }, lambda);
  expect(await liveVersions(stack, lambda)).toEqual({ Ordering: runs });
});

import { expect, test } from 'vitest';
import { startLambda } from '../lambda.fixture.ts';
import { zipOf } from './zip.fixture.ts';

test('while the code of a function is updated it says so, and takes no second update', async () => {
  const { deploy, operations } = startLambda();
  await deploy('f', 'export const handler = async () => 1;');
  const ZipFile = zipOf('export const handler = async () => 2;');
  const first = operations.UpdateFunctionCode({ FunctionName: 'f', ZipFile });
  expect(operations.GetFunctionConfiguration({ FunctionName: 'f' }).LastUpdateStatus).toBe('InProgress');
  const inProgress = expect.objectContaining({
    name: 'ResourceConflictException',
    message: expect.stringMatching(/^The operation cannot be performed at this time. An update is in progress for/),
  });
  await expect(operations.UpdateFunctionCode({ FunctionName: 'f', ZipFile })).rejects.toEqual(inProgress);
  expect(() => operations.UpdateFunctionConfiguration({ FunctionName: 'f', Timeout: 4 })).toThrow(inProgress);
  expect(() => operations.PublishVersion({ FunctionName: 'f' })).toThrow(inProgress);
  await first;
  expect(operations.UpdateFunctionConfiguration({ FunctionName: 'f', Timeout: 4 })).toMatchObject({ Timeout: 4 });
});

test('an update that fails is over', async () => {
  const { deploy, operations } = startLambda();
  await deploy('f', 'export const handler = async () => 1;');
  const ZipFile = Buffer.from('no zip');
  await expect(operations.UpdateFunctionCode({ FunctionName: 'f', ZipFile })).rejects.toThrow('unzip');
  expect(operations.GetFunctionConfiguration({ FunctionName: 'f' }).LastUpdateStatus).toBe('Successful');
});

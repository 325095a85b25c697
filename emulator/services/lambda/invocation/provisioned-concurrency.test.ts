import { expect, test } from 'vitest';
import { startLambda } from '../lambda.fixture.ts';

const code = 'export const handler = async () => 1;';

test('provisioned concurrency is recorded for versions and aliases, and goes with them', async () => {
  const { deploy, operations } = startLambda();
  await deploy('f', code);
  operations.PublishVersion({ FunctionName: 'f' });
  operations.CreateAlias({ FunctionName: 'f', Name: 'live', FunctionVersion: '1' });
  const of = { FunctionName: 'f', Qualifier: 'live' };
  expect(operations.PutProvisionedConcurrencyConfig({ ...of, ProvisionedConcurrentExecutions: 2 })).toMatchObject({
    Status: 'IN_PROGRESS',
    RequestedProvisionedConcurrentExecutions: 2,
  });
  expect(operations.GetProvisionedConcurrencyConfig(of)).toMatchObject({
    Status: 'READY',
    AvailableProvisionedConcurrentExecutions: 2,
  });
  const list = () => operations.ListProvisionedConcurrencyConfigs({ FunctionName: 'f' }).ProvisionedConcurrencyConfigs;
  expect(list()).toMatchObject([{ FunctionArn: expect.stringMatching(/:function:f:live$/) }]);
  operations.DeleteAlias({ FunctionName: 'f', Name: 'live' });
  expect(list()).toEqual([]);
});

test.each([
  { what: 'the latest version', Qualifier: '$LATEST', executions: 1, message: /unpublished function versions/ },
  { what: 'more than is reserved', Qualifier: '1', executions: 6, message: /reservedConcurrentExecution/ },
  { what: 'none', Qualifier: '1', executions: 0, message: /greater than or equal to 1/ },
])('provisioned concurrency of $what is refused', async ({ Qualifier, executions, message }) => {
  const { deploy, operations } = startLambda();
  await deploy('f', code);
  operations.PublishVersion({ FunctionName: 'f' });
  operations.PutFunctionConcurrency({ FunctionName: 'f', ReservedConcurrentExecutions: 5 });
  const input = { FunctionName: 'f', Qualifier, ProvisionedConcurrentExecutions: executions };
  expect(() => operations.PutProvisionedConcurrencyConfig(input)).toThrow(message);
});

test('when a runtime is updated is recorded by version', async () => {
  const { deploy, operations } = startLambda();
  await deploy('f', code);
  const config = () => operations.GetRuntimeManagementConfig({ FunctionName: 'f' });
  expect(config()).toMatchObject({ UpdateRuntimeOn: 'Auto' });
  operations.PutRuntimeManagementConfig({ FunctionName: 'f', UpdateRuntimeOn: 'FunctionUpdate' });
  expect(config()).toMatchObject({ UpdateRuntimeOn: 'FunctionUpdate' });
  expect(() => operations.PutRuntimeManagementConfig({ FunctionName: 'f', UpdateRuntimeOn: 'Manual' })).toThrow(
    'RuntimeVersionArn',
  );
});

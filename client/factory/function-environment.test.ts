import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { useEndpoint } from '../../functions/adapters/endpoint.fixture.ts';
import { deployedEnvironment } from './function-environment.ts';

const reach = useEndpoint();

test('is what the function is configured with, and what Lambda would have told it', async () => {
  const lambda = new LambdaClient(reach());
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'ordering',
      Role: 'arn:aws:iam::000000000000:role/ordering',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Code: { ZipFile: zipSync({ 'index.mjs': strToU8('export const handler = async () => 1;') }) },
      Environment: { Variables: { ORDER_TABLE: 'orders' } },
    }),
  );
  expect(await deployedEnvironment('ordering', lambda, reach())).toEqual({
    ORDER_TABLE: 'orders',
    AWS_LAMBDA_FUNCTION_NAME: 'ordering',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
    AWS_LAMBDA_FUNCTION_TIMEOUT: '3',
    AWS_ENDPOINT_URL: reach().endpoint,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test-factory',
    AWS_SECRET_ACCESS_KEY: 'x',
  });
  lambda.destroy();
});

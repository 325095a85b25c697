import type * as lambda from '@aws-sdk/client-lambda';
import { ProvisionedConcurrencyConfigNotFoundException } from '@aws-sdk/client-lambda';
import type { Handlers } from '../../../wire/operation.ts';
import { invalidParameter, within } from '../errors.ts';
import { type LambdaFunction, lambdaTime, latestVersion, type ProvisionedConcurrency } from '../function/function.ts';
import { parseFunctionName } from '../function/function-name.ts';
import type { Functions } from '../function/functions.ts';
import { pageOf } from '../paging.ts';

/**
 * Provisioned concurrency of versions and aliases ("Configuring provisioned concurrency for a function"). It is recorded and
 * shown as ready: environments start when they are needed here, as without it.
 */
export function provisionedConcurrencyOperations(functions: Functions) {
  const find = (functionName: string | undefined, qualifier: string | undefined) => {
    const reference = parseFunctionName(functionName, qualifier);
    const owner = functions.get(reference);
    const { qualifier: name = latestVersion } = reference;
    owner.resolve(name);
    if (name === latestVersion) {
      throw invalidParameter('Provisioned Concurrency Configs cannot be applied to unpublished function versions.');
    }
    return { owner, name };
  };
  return {
    PutProvisionedConcurrencyConfig: (input) => {
      const { owner, name } = find(input.FunctionName, input.Qualifier);
      const { ProvisionedConcurrentExecutions: executions = 0 } = input;
      within('provisionedConcurrentExecutions', executions, 1, Number.MAX_SAFE_INTEGER);
      const { reservedConcurrency } = owner;
      if (reservedConcurrency !== undefined && executions > reservedConcurrency) {
        throw invalidParameter(
          'Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function',
        );
      }
      const config = { executions, lastModified: new Date() };
      owner.provisionedConcurrency.set(name, config);
      return { ...describe(config), Status: 'IN_PROGRESS' };
    },
    GetProvisionedConcurrencyConfig: ({ FunctionName, Qualifier }) => {
      const { owner, name } = find(FunctionName, Qualifier);
      const config = owner.provisionedConcurrency.get(name);
      if (!config) {
        const message = `No Provisioned Concurrency Config found for this function`;
        throw new ProvisionedConcurrencyConfigNotFoundException({ message, Type: 'User', $metadata: {} });
      }
      return describe(config);
    },
    DeleteProvisionedConcurrencyConfig: ({ FunctionName, Qualifier }) => {
      const { owner, name } = find(FunctionName, Qualifier);
      owner.provisionedConcurrency.delete(name);
      return {};
    },
    ListProvisionedConcurrencyConfigs: (input) => {
      const owner: LambdaFunction = functions.get(parseFunctionName(input.FunctionName));
      const { items, ...next } = pageOf([...owner.provisionedConcurrency], ([name]) => name, input);
      return {
        ProvisionedConcurrencyConfigs: items.map(([name, config]) => ({
          FunctionArn: owner.qualifiedArn(name),
          ...describe(config),
        })),
        ...next,
      };
    },
  } satisfies Handlers<typeof lambda>;
}

const describe = ({ executions, lastModified }: ProvisionedConcurrency) => ({
  RequestedProvisionedConcurrentExecutions: executions,
  AvailableProvisionedConcurrentExecutions: executions,
  AllocatedProvisionedConcurrentExecutions: executions,
  Status: 'READY' as const,
  LastModified: lambdaTime(lastModified),
});

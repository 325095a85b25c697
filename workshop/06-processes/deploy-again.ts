import {
  DeleteFunctionCommand,
  GetFunctionConfigurationCommand,
  type LambdaClient,
  ListAliasesCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';

/**
 * Deploys a function again, with the same code and one word more in its description: the smallest deploy there is. Gives
 * what puts everything back as it was.
 */
export async function deployAgain(lambda: LambdaClient, functionName: string): Promise<() => Promise<void>> {
  const FunctionName = functionName;
  const configuration = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const { Aliases: [alias] = [] } = await lambda.send(new ListAliasesCommand({ FunctionName }));

  const describe = async (Description: string) => {
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Description }));
    await waitUntilFunctionUpdatedV2({ client: lambda, minDelay: 1, maxWaitTime: 60 }, { FunctionName });
  };
  const run = (version: string | undefined) =>
    lambda.send(new UpdateAliasCommand({ FunctionName, Name: alias?.Name, FunctionVersion: version }));

  await describe(`${configuration.Description ?? ''} (again)`);
  if (!alias) return () => describe(configuration.Description ?? '');
  const { Version } = await lambda.send(new PublishVersionCommand({ FunctionName }));
  await run(Version);
  return async () => {
    await run(alias.FunctionVersion);
    await lambda.send(new DeleteFunctionCommand({ FunctionName, Qualifier: Version }));
    await describe(configuration.Description ?? '');
  };
}

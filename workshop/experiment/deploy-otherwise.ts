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

/** What of a function is to be otherwise. What is left out stays. */
export interface Otherwise {
  readonly description?: string;
  /** In seconds. */
  readonly timeout?: number;
  /** Variables besides those that it has. */
  readonly variables?: Readonly<Record<string, string>>;
}

/**
 * Deploys the same code of a function again with something otherwise: in place where the function itself runs, as another
 * version where an alias does. Returns what puts everything back as it was.
 */
export async function deployOtherwise(
  lambda: LambdaClient,
  functionName: string,
  otherwise: Otherwise,
): Promise<() => Promise<void>> {
  const FunctionName = functionName;
  const { Description, Timeout, Environment } = await lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName }),
  );
  const { Aliases: [alias] = [] } = await lambda.send(new ListAliasesCommand({ FunctionName }));
  const variables = Environment?.Variables ?? {};

  const configure = async ({ description, timeout, variables: added }: Otherwise) => {
    const Variables = { ...variables, ...added };
    const change = { Description: description, Timeout: timeout, Environment: { Variables } };
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, ...change }));
    await waitUntilFunctionUpdatedV2({ client: lambda, minDelay: 1, maxWaitTime: 60 }, { FunctionName });
  };
  const run = (version: string | undefined) =>
    lambda.send(new UpdateAliasCommand({ FunctionName, Name: alias?.Name, FunctionVersion: version }));
  const before = {
    ...(Description !== undefined && { description: Description }),
    ...(Timeout && { timeout: Timeout }),
  };

  await configure({ ...before, ...otherwise });
  if (!alias) {
    return () => configure(before);
  }
  const { Version } = await lambda.send(new PublishVersionCommand({ FunctionName }));
  await run(Version);
  return async () => {
    await run(alias.FunctionVersion);
    await lambda.send(new DeleteFunctionCommand({ FunctionName, Qualifier: Version }));
    await configure(before);
  };
}

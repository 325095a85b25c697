import { type LambdaClient, UpdateFunctionCodeCommand, waitUntilFunctionUpdatedV2 } from '@aws-sdk/client-lambda';
import { zipSync } from 'fflate';

export interface Push {
  /** Bundles the source that is checked out. */
  readonly build: () => Promise<Uint8Array>;
  /** Whether it works. */
  readonly test: () => Promise<boolean>;
  readonly functionName: string;
  readonly lambda: LambdaClient;
}

/** Builds, puts it where the customers are, and then has a look whether it works. Says how the look went. */
export async function pushInOnePhase({ build, test, functionName, lambda }: Push): Promise<boolean> {
  const bundle = await build();
  await lambda.send(
    new UpdateFunctionCodeCommand({ FunctionName: functionName, ZipFile: zipSync({ 'index.mjs': bundle }) }),
  );
  await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 60, minDelay: 1 }, { FunctionName: functionName });
  return await test();
}

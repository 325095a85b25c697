import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { underProfile } from '../../functions/runtime/runtime-profile.ts';
import { environmentFor } from '../endpoint/aws-environment.ts';
import { clientConfiguration } from '../endpoint/client-configuration.ts';

/**
 * The environment in which a process on this desk does what a deployed function does: the function's own variables, in
 * reach of the same endpoint, under the runtime profile and not under this desk's locale and time zone.
 */
export async function functionEnvironment(endpoint: string, functionName: string): Promise<NodeJS.ProcessEnv> {
  const client = new LambdaClient(clientConfiguration(endpoint));
  try {
    const configuration = await client.send(new GetFunctionConfigurationCommand({ FunctionName: functionName }));
    return {
      ...underProfile(environmentFor(endpoint)),
      AWS_LAMBDA_FUNCTION_NAME: functionName,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(configuration.MemorySize ?? 128),
      AWS_LAMBDA_FUNCTION_TIMEOUT: String(configuration.Timeout ?? 3),
      ...configuration.Environment?.Variables,
    };
  } finally {
    client.destroy();
  }
}

import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { underProfile } from '../../functions/runtime/runtime-profile.ts';
import { environmentFor } from '../endpoint/aws-environment.ts';
import { clientConfiguration } from '../endpoint/client-configuration.ts';

/** Where the backing services are, and as whom they are called. */
export interface Reach {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

type Variables = Readonly<Record<string, string>>;

/**
 * Returns the variables that a function is configured with.
 * @param version - One that was published keeps them for as long as it is there. @default - what is not published
 */
export async function configuredVariables(
  functionName: string,
  lambda: LambdaClient,
  version?: string,
): Promise<Variables> {
  const which = { FunctionName: functionName, ...(version !== undefined && { Qualifier: version }) };
  return (await lambda.send(new GetFunctionConfigurationCommand(which))).Environment?.Variables ?? {};
}

/** Returns the variables by which a process reaches the backing services. */
export const reachVariables = ({ endpoint, region, credentials }: Reach): Variables => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_REGION: region,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
});

/**
 * Returns the environment in which a process does what a deployed function does: the function's own variables, and what
 * Lambda would have told it besides ("Defined runtime environment variables"), so that both use the same backing services.
 */
export async function deployedEnvironment(
  functionName: string,
  lambda: LambdaClient,
  reach: Reach,
): Promise<Variables> {
  const which = { FunctionName: functionName };
  const { Environment, MemorySize, Timeout } = await lambda.send(new GetFunctionConfigurationCommand(which));
  return {
    ...reachVariables(reach),
    AWS_LAMBDA_FUNCTION_NAME: functionName,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(MemorySize ?? 128),
    AWS_LAMBDA_FUNCTION_TIMEOUT: String(Timeout ?? 3),
    ...Environment?.Variables,
  };
}

/**
 * Returns the same for a process of this machine that has its environment otherwise: under the runtime profile, and not
 * under this machine's locale and time zone.
 */
export async function localEnvironment(functionName: string, endpoint: string): Promise<NodeJS.ProcessEnv> {
  const reach = { ...clientConfiguration(endpoint), endpoint };
  const lambda = new LambdaClient(reach);
  try {
    return {
      ...underProfile(environmentFor(endpoint)),
      ...(await deployedEnvironment(functionName, lambda, reach)),
    };
  } finally {
    lambda.destroy();
  }
}

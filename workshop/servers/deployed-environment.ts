import { GetFunctionConfigurationCommand, type LambdaClient } from '@aws-sdk/client-lambda';

/** Where the backing services are, and as whom they are called. */
export interface Reach {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/**
 * The environment in which a server does what a deployed function does: the function's own variables, and what Lambda
 * would have told it besides, so that both use the same backing services.
 */
export async function environmentOf(
  functionName: string,
  lambda: LambdaClient,
  { endpoint, region, credentials }: Reach,
): Promise<Readonly<Record<string, string>>> {
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: functionName }));
  return {
    ...Environment?.Variables,
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_LAMBDA_FUNCTION_NAME: functionName,
  };
}

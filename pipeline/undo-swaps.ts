import { DeleteFunctionCommand, LambdaClient, paginateListVersionsByFunction } from '@aws-sdk/client-lambda';
import { withCloudFormation } from '../client/cloudformation/describe-stack.ts';
import { clientConfiguration } from '../client/endpoint/client-configuration.ts';
import { type DeployedStack, readStack } from './deployed-stack.ts';
import { parameterOf, pointAliases, publishedVersions, releasedFunctions, type Versions } from './versions.ts';

/**
 * Undoes what was swapped beside a stack: by a hotswap of the CDK CLI, or by a swap on save that was killed.
 *
 * CloudFormation does not see it. A deploy of the template that the stack has changes nothing, and the swapped code runs on. A
 * deploy of the swapped code fails, because there is a version of it (https://github.com/aws/aws-cdk/issues/35540). So what runs
 * is again what the stack says, and the versions that were published after the stack's own are removed.
 */
export async function undoSwaps(stack: DeployedStack, lambda: LambdaClient): Promise<void> {
  const published = publishedVersions(stack);
  await pointAliases(stack, versionsToRun(stack, published), lambda);
  for (const [id, FunctionName] of Object.entries(releasedFunctions(stack))) {
    for (const Qualifier of await versionsAfter(Number(published[id]), FunctionName, lambda)) {
      await lambda.send(new DeleteFunctionCommand({ FunctionName, Qualifier }));
    }
  }
}

/** Undoes what was swapped beside the stack of a name, where there is one that was deployed. */
export async function undoSwapsOf(name: string, endpoint: string, signal: AbortSignal): Promise<void> {
  const configuration = clientConfiguration(endpoint);
  const stack = await withCloudFormation(configuration, (client) => readStack(name, client, signal));
  if (!stack || !isDeployed.test(stack.status)) {
    return;
  }
  const lambda = new LambdaClient(configuration);
  try {
    await undoSwaps(stack, lambda);
  } finally {
    lambda.destroy();
  }
}

/** All that a stack says is there, after an update that failed too. */
const isDeployed = /^(CREATE|UPDATE|UPDATE_ROLLBACK)_COMPLETE$/;

/** The version that a parameter of the stack names, and the published one where it names none. */
const versionsToRun = ({ parameters }: DeployedStack, published: Versions): Versions =>
  Object.fromEntries(Object.entries(published).map(([id, version]) => [id, parameters[parameterOf(id)] || version]));

/** Versions are numbered in the order in which they are published ("Manage Lambda function versions"). */
async function versionsAfter(published: number, FunctionName: string, client: LambdaClient): Promise<string[]> {
  const after: string[] = [];
  for await (const { Versions = [] } of paginateListVersionsByFunction({ client }, { FunctionName })) {
    after.push(...Versions.map(({ Version = '' }) => Version).filter((version) => Number(version) > published));
  }
  return after;
}

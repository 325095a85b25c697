import type { CloudFormationClientConfig } from '@aws-sdk/client-cloudformation';
import { UserError } from '../../terminal/command-line.ts';
import { runCdk } from '../cdk/cdk-cli.ts';
import { ensureBootstrapped } from '../cdk/ensure-bootstrapped.ts';
import { describeStack, withCloudFormation } from '../cloudformation/describe-stack.ts';
import { environmentFor } from '../endpoint/aws-environment.ts';
import { clientConfiguration } from '../endpoint/client-configuration.ts';
import { checkIsThere } from '../endpoint/endpoint.ts';

/** The stack of the finished factory. */
export const factoryStack = 'Factor12-Prod';
/** What the CDK CLI calls it. */
export const factorySelector = 'Factor12/*';
/** Has the CDK CLI build and synthesise the finished factory, and leave out the snapshots before it. */
export const factoryOnly = ['--build', 'node scripts/bundle.ts 12', '--context', 'stages=Factor12'] as const;

/** The outputs of the stack, by name. */
export type FactoryOutputs = { readonly OrderingUrl: string } & Readonly<Record<string, string>>;

/**
 * The outputs of the deployed factory, or undefined where it is not deployed (or not done deploying).
 *
 * @param where - The endpoint's URL, or how to configure a client.
 */
export async function factoryOutputs(where: string | CloudFormationClientConfig): Promise<FactoryOutputs | undefined> {
  const configuration = typeof where === 'string' ? clientConfiguration(where) : where;
  const stack = await withCloudFormation(configuration, (client) => describeStack(factoryStack, client));
  if (!stack?.status.endsWith('_COMPLETE')) {
    return undefined;
  }
  const { OrderingUrl } = stack.outputs;
  if (!OrderingUrl) {
    throw new UserError(`The stack ${factoryStack} has no output OrderingUrl. Deploy it again.`);
  }
  return { ...stack.outputs, OrderingUrl };
}

/** Deploys the finished factory with the CDK CLI, whose own output shows the progress, and returns its outputs. */
export async function deployFactory(endpoint: string, signal?: AbortSignal): Promise<FactoryOutputs> {
  try {
    return await deployAt(endpoint, signal);
  } catch (error) {
    signal?.throwIfAborted();
    // Whatever failed because the endpoint is gone, that it is gone is the reason to tell.
    await checkIsThere(endpoint);
    throw error;
  }
}

async function deployAt(endpoint: string, signal?: AbortSignal): Promise<FactoryOutputs> {
  await ensureBootstrapped(endpoint, { app: factoryOnly, ...(signal && { signal }) });
  const args = ['deploy', factorySelector, ...factoryOnly, '--require-approval', 'never'];
  const code = await runCdk(args, { environment: environmentFor(endpoint), toStderr: true, ...(signal && { signal }) });
  signal?.throwIfAborted();
  if (code !== 0) {
    throw new UserError(`The deploy failed: the CDK CLI ended with ${code}. Its last lines say why.`);
  }
  const outputs = await factoryOutputs(endpoint);
  if (!outputs) {
    throw new UserError(`The deploy ended, but ${endpoint} does not know the stack ${factoryStack}.`);
  }
  return outputs;
}

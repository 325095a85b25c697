import {
  CloudFormationClient,
  type CloudFormationClientConfig,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { environmentFor } from './aws-environment.ts';
import { ensureBootstrapped } from './bootstrap.ts';
import { runCdk } from './cdk-cli.ts';
import { clientConfiguration } from './client-configuration.ts';
import { UserError } from './command-line.ts';
import { checkIsThere } from './endpoint.ts';

/** The stack of the finished factory. */
export const FACTORY_STACK = 'Factor12-Prod';
/** What the CDK CLI calls it. */
export const FACTORY_SELECTOR = 'Factor12/*';
/** Has the CDK CLI build and synthesise the finished factory, and leave out the snapshots before it. */
export const FACTORY_ONLY = ['--build', 'node scripts/bundle.ts 12', '--context', 'stages=Factor12'] as const;

/** The outputs of the stack, by name. */
export type FactoryOutputs = { readonly OrderingUrl: string } & Readonly<Record<string, string>>;

/**
 * The outputs of the deployed factory, or undefined where it is not deployed (or not done deploying).
 *
 * @param where - The endpoint's URL, or how to configure a client.
 */
export async function factoryOutputs(where: string | CloudFormationClientConfig): Promise<FactoryOutputs | undefined> {
  const client = new CloudFormationClient(typeof where === 'string' ? clientConfiguration(where) : where);
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: FACTORY_STACK }));
    const [stack] = Stacks;
    if (!stack?.StackStatus?.endsWith('_COMPLETE') || stack.StackStatus === 'DELETE_COMPLETE') return undefined;
    const outputs = Object.fromEntries((stack.Outputs ?? []).map((o) => [o.OutputKey ?? '', o.OutputValue ?? '']));
    const { OrderingUrl } = outputs;
    if (!OrderingUrl) throw new UserError(`The stack ${FACTORY_STACK} has no output OrderingUrl. Deploy it again.`);
    return { ...outputs, OrderingUrl };
  } catch (error) {
    if (error instanceof Error && error.message.includes('does not exist')) return undefined;
    throw error;
  } finally {
    client.destroy();
  }
}

/** Deploys the finished factory with the CDK CLI, whose own output shows the progress, and gives its outputs. */
export async function deployFactory(endpoint: string, signal?: AbortSignal): Promise<FactoryOutputs> {
  try {
    return await deployAt(endpoint, signal);
  } catch (error) {
    signal?.throwIfAborted();
    // Whatever an endpoint that is gone made fail, and whoever says so.
    await checkIsThere(endpoint);
    throw error;
  }
}

async function deployAt(endpoint: string, signal?: AbortSignal): Promise<FactoryOutputs> {
  await ensureBootstrapped(endpoint, { app: FACTORY_ONLY, ...(signal && { signal }) });
  const args = ['deploy', FACTORY_SELECTOR, ...FACTORY_ONLY, '--require-approval', 'never'];
  const code = await runCdk(args, { environment: environmentFor(endpoint), toStderr: true, ...(signal && { signal }) });
  signal?.throwIfAborted();
  if (code !== 0) throw new UserError(`The deploy failed: the CDK CLI ended with ${code}. Its last lines say why.`);
  const outputs = await factoryOutputs(endpoint);
  if (!outputs) throw new UserError(`The deploy ended, but ${endpoint} does not know the stack ${FACTORY_STACK}.`);
  return outputs;
}

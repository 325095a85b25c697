import type { CloudFormationClientConfig } from '@aws-sdk/client-cloudformation';
import { UserError } from '../../terminal/command-line.ts';
import { type LoadedCdk, runCdk, unattended } from '../cdk/cdk-cli.ts';
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

export interface DeployOptions {
  /** The folder of an assembly that has the finished factory. @default - the CDK CLI builds and synthesises it */
  readonly assembly?: string;
  readonly signal?: AbortSignal;
  /** A CDK CLI that has loaded already. @default - one is started */
  readonly cli?: LoadedCdk;
  /** Is given each line that the CDK CLI prints. @default - they go to stderr */
  readonly onLine?: (line: string) => void;
}

/** Lines of the CLI that are told where it failed and nobody saw them. */
const lastLines = 12;

/** Deploys the finished factory with the CDK CLI, and returns its outputs. @throws UserError where the deploy fails */
export async function deployFactory(endpoint: string, options: DeployOptions = {}): Promise<FactoryOutputs> {
  try {
    return await deployAt(endpoint, options);
  } catch (error) {
    options.signal?.throwIfAborted();
    // Whatever failed because the endpoint is gone, that it is gone is the reason to tell.
    await checkIsThere(endpoint);
    throw error;
  }
}

async function deployAt(endpoint: string, { assembly, signal, cli, onLine }: DeployOptions): Promise<FactoryOutputs> {
  // Without a build command of ours the CLI would run the one in cdk.json.
  const app = assembly === undefined ? factoryOnly : ['--app', assembly, '--build', ''];
  await ensureBootstrapped(endpoint, { app, ...(signal && { signal }) });
  const args = ['deploy', factorySelector, ...app, ...unattended];
  const lines: string[] = [];
  const listen = (line: string) => {
    lines.push(line);
    onLine?.(line);
  };
  const code = await runCdk(args, {
    // The CLI draws its progress for a terminal of its own only.
    environment: { ...environmentFor(endpoint), ...(onLine && { CI: 'true', NO_COLOR: '1' }) },
    ...(onLine ? { onLine: listen } : { toStderr: true }),
    ...(cli && { loaded: cli }),
    ...(signal && { signal }),
  });
  signal?.throwIfAborted();
  if (code !== 0) {
    const last = lines.filter((line) => line.trim() !== '').slice(-lastLines);
    const why = onLine ? `:\n${last.join('\n')}` : '. Its last lines say why.';
    throw new UserError(`The deploy failed: the CDK CLI ended with ${code}${why}`);
  }
  const outputs = await factoryOutputs(endpoint);
  if (!outputs) {
    throw new UserError(`The deploy ended, but ${endpoint} does not know the stack ${factoryStack}.`);
  }
  return outputs;
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import { runCdk } from '../../client/cdk/cdk-cli.ts';
import { settledStack, withCloudFormation } from '../../client/cloudformation/describe-stack.ts';
import { environmentFor } from '../../client/endpoint/aws-environment.ts';
import { clientConfiguration } from '../../client/endpoint/client-configuration.ts';
import { factoryOnly, factorySelector, factoryStack } from '../../client/factory/deployed-factory.ts';
import { startCloudFormationWatch } from './cloudformation-watch.ts';
import type { EndpointUnderTest } from './endpoint-under-test.ts';
import { type Sample, sample } from './sample.ts';

/** The finished factory, synthesised once for all deploys. */
export interface Assembly {
  readonly folder: string;
  remove(): Promise<void>;
}

/** Builds and synthesises the factory. @throws where the CDK CLI fails */
export async function synthesise(endpoint: EndpointUnderTest, signal: AbortSignal): Promise<Assembly> {
  const folder = await mkdtemp(join(tmpdir(), 'cookie-factory-bench-'));
  await cdk(['synth', ...factoryOnly, '--quiet', '--output', folder], endpoint.url, signal);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Makes an endpoint ready for deploys. */
export async function bootstrap(endpoint: EndpointUnderTest, assembly: Assembly, signal: AbortSignal): Promise<void> {
  await cdk(['bootstrap', ...ready(assembly)], endpoint.url, signal);
}

/** Deploys the factory, and deploys it again without a change: each from its first call to CloudFormation to its last. */
export async function measureDeploy(
  { url }: EndpointUnderTest,
  assembly: Assembly,
  signal: AbortSignal,
): Promise<readonly Sample[]> {
  const watch = await startCloudFormationWatch(url);
  const deploy = async () => {
    watch.clear();
    await cdk(['deploy', factorySelector, ...ready(assembly), '--require-approval', 'never'], watch.url, signal);
    return watch.spanMs() / 1000;
  };
  try {
    return [
      sample('deploy of the factory, first to last CloudFormation call', 's', await deploy()),
      sample('the same without a change', 's', await deploy()),
    ];
  } finally {
    watch.close();
  }
}

/** Removes the factory, so that the next round begins where this one did. */
export async function removeFactory({ url }: EndpointUnderTest, signal: AbortSignal): Promise<void> {
  await withCloudFormation(clientConfiguration(url), async (client) => {
    await client.send(new DeleteStackCommand({ StackName: factoryStack }));
    await settledStack(factoryStack, client, { signal });
  });
}

/** Without a build: what cdk.json says would build what is in the assembly already. */
const ready = ({ folder }: Assembly): string[] => ['--app', folder, '--build', ''];

async function cdk(args: readonly string[], endpoint: string, signal: AbortSignal): Promise<void> {
  const lines: string[] = [];
  const environment = environmentFor(endpoint);
  const code = await runCdk(args, { environment, signal, onLine: (line) => lines.push(line) });
  signal.throwIfAborted();
  if (code !== 0) {
    throw new Error(`cdk ${args[0]} failed at ${endpoint}:\n${lines.slice(-12).join('\n')}`);
  }
}

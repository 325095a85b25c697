import { type CloudFormationClient, DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import { runCdk, unattended } from '../../client/cdk/cdk-cli.ts';
import { ensureBootstrapped } from '../../client/cdk/ensure-bootstrapped.ts';
import { describeStack, settledStack, withCloudFormation } from '../../client/cloudformation/describe-stack.ts';
import { environmentFor } from '../../client/endpoint/aws-environment.ts';
import { clientConfiguration } from '../../client/endpoint/client-configuration.ts';
import type { AssembledStack } from '../../pipeline/assembly/assembly.ts';
import { deployDirectly } from '../../pipeline/deploy-directly.ts';
import { UserError } from '../../terminal/command-line.ts';

export interface DeployOptions {
  readonly endpoint: string;
  /** Folder of the assembly that the stacks are in. */
  readonly assembly: string;
  readonly signal: AbortSignal;
  /** Called with what is being done, a line at a time. */
  readonly onProgress: (line: string) => void;
  /** Whether it is a fresh embedded AWS, which can do without the CDK CLI. @default false */
  readonly isOwn?: boolean;
}

/** States in which a stack can be deployed again as it is. */
const whole: ReadonlySet<string> = new Set(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE']);
/** A stack of the factory takes a second here, and on a slow endpoint not much longer than this. */
const settlesWithinMs = 120_000;
const lastLines = 12;

/**
 * Deploys stacks with one run of the CDK CLI; to a fresh embedded AWS without. What an interrupted deploy left half done is
 * removed before.
 */
export async function deployStacks(stacks: readonly AssembledStack[], options: DeployOptions): Promise<void> {
  const { endpoint, assembly, signal, onProgress, isOwn = false } = options;
  if (isOwn) {
    await deployDirectly(stacks, { endpoint, signal });
    return;
  }
  await ensureBootstrapped(endpoint, { app: ['--app', assembly, '--build', ''], signal });
  for (const { name } of stacks) {
    await removeUnlessWhole(name, endpoint, signal, onProgress);
  }
  const lines: string[] = [];
  const selectors = stacks.map(({ selector }) => selector);
  // Without a build the CLI would run the one in cdk.json, though the assembly is there already; and with previous
  // parameters it would go on running the release that a user chose.
  const ready = ['--app', assembly, '--build', '', ...unattended, '--no-previous-parameters'];
  const code = await runCdk(['deploy', ...selectors, ...ready, '--concurrency', '4', '--exclusively'], {
    environment: { ...environmentFor(endpoint), CI: 'true', NO_COLOR: '1' },
    signal,
    onLine: (line) => {
      lines.push(line);
      onProgress(line);
    },
  });
  signal.throwIfAborted();
  if (code !== 0) {
    const last = lines.filter((line) => line.trim() !== '').slice(-lastLines);
    throw new UserError(`The CDK CLI could not deploy ${selectors.join(' and ')}:\n${last.join('\n')}`);
  }
}

/** The outputs of a deployed stack, by name. @throws UserError where it is not there */
export async function outputsOf(name: string, endpoint: string): Promise<Readonly<Record<string, string>>> {
  const stack = await withCloudFormation(clientConfiguration(endpoint), (client) => describeStack(name, client));
  if (!stack) {
    throw new UserError(`${endpoint} does not know the stack ${name}, which was deployed to it just now.`);
  }
  return stack.outputs;
}

/** Returns those stacks that are not at an endpoint. */
export async function notThere(names: readonly string[], endpoint: string): Promise<string[]> {
  return await withCloudFormation(clientConfiguration(endpoint), async (client) => {
    const found = await Promise.all(names.map((name) => describeStack(name, client)));
    return names.filter((_, i) => found[i] === undefined || found[i]?.status === 'DELETE_COMPLETE');
  });
}

/** Deletes stacks, where they are there, and waits until they are gone. Returns the names of those that were there. */
export async function removeStacks(names: readonly string[], endpoint: string, signal: AbortSignal): Promise<string[]> {
  return await withCloudFormation(clientConfiguration(endpoint), async (client) => {
    const removed: string[] = [];
    for (const name of names) {
      if (!(await settled(name, client, signal))) {
        continue;
      }
      await remove(name, client, signal);
      removed.push(name);
    }
    return removed;
  });
}

async function removeUnlessWhole(
  name: string,
  endpoint: string,
  signal: AbortSignal,
  onProgress: DeployOptions['onProgress'],
): Promise<void> {
  await withCloudFormation(clientConfiguration(endpoint), async (client) => {
    const stack = await settled(name, client, signal);
    if (!stack || whole.has(stack.status)) {
      return;
    }
    onProgress(`${name} was left in ${stack.status}: removing it`);
    await remove(name, client, signal);
  });
}

async function remove(name: string, client: CloudFormationClient, signal: AbortSignal): Promise<void> {
  await client.send(new DeleteStackCommand({ StackName: name }));
  const left = await settled(name, client, signal);
  if (left) {
    throw new UserError(`${name} cannot be deleted: it is in ${left.status}. ${left.statusReason ?? ''}`);
  }
}

const settled = (name: string, client: CloudFormationClient, signal: AbortSignal) =>
  settledStack(name, client, { signal, within: settlesWithinMs });

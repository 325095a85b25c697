import { setTimeout as pause } from 'node:timers/promises';
import {
  CloudFormationClient,
  DeleteStackCommand,
  DescribeStacksCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { environmentFor } from '../aws-environment.ts';
import { ensureBootstrapped } from '../bootstrap.ts';
import { runCdk } from '../cdk-cli.ts';
import { clientConfiguration } from '../client-configuration.ts';
import { UserError } from '../command-line.ts';
import type { AssembledStack } from './assembly.ts';

export interface DeployOptions {
  readonly endpoint: string;
  /** Folder of the assembly that the stacks are in. */
  readonly assembly: string;
  readonly signal: AbortSignal;
  /** Is told what is being done, a line at a time. */
  readonly onProgress: (line: string) => void;
}

/** States in which a stack can be deployed again as it is. */
const WHOLE: ReadonlySet<string> = new Set(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE']);
/** A stack of the factory takes a second here, and on a slow rung not much longer than this. */
const SETTLES_WITHIN_MS = 120_000;
const LAST_LINES = 12;

/** Deploys stacks with one run of the CDK CLI. What an interrupted deploy left half done is removed before. */
export async function deployStacks(stacks: readonly AssembledStack[], options: DeployOptions): Promise<void> {
  const { endpoint, assembly, signal, onProgress } = options;
  await ensureBootstrapped(endpoint, { app: ['--app', assembly, '--build', ''], signal });
  for (const { name } of stacks) await removeUnlessWhole(name, endpoint, signal, onProgress);
  const lines: string[] = [];
  const selectors = stacks.map(({ selector }) => selector);
  // Without a build the CLI would run the one in cdk.json, though the assembly is there already; and with previous
  // parameters it would go on running the release that somebody chose.
  const ready = ['--app', assembly, '--build', '', '--require-approval', 'never', '--no-previous-parameters'];
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
    const last = lines.filter((line) => line.trim() !== '').slice(-LAST_LINES);
    throw new UserError(`The CDK CLI could not deploy ${selectors.join(' and ')}:\n${last.join('\n')}`);
  }
}

/** The outputs of a deployed stack, by name. @throws UserError where it is not there */
export async function outputsOf(name: string, endpoint: string): Promise<Readonly<Record<string, string>>> {
  const stack = await withCloudFormation(endpoint, (client) => describe(name, client));
  if (!stack) throw new UserError(`${endpoint} does not know the stack ${name}, which was deployed to it just now.`);
  return Object.fromEntries((stack.Outputs ?? []).map((o) => [o.OutputKey ?? '', o.OutputValue ?? '']));
}

/** Those stacks that are not at an endpoint. */
export async function notThere(names: readonly string[], endpoint: string): Promise<string[]> {
  return await withCloudFormation(endpoint, async (client) => {
    const found = await Promise.all(names.map((name) => describe(name, client)));
    return names.filter((_, i) => found[i] === undefined || found[i]?.StackStatus === 'DELETE_COMPLETE');
  });
}

/** Deletes stacks, where they are there, and waits until they are gone. Gives the names of those that were there. */
export async function removeStacks(names: readonly string[], endpoint: string, signal: AbortSignal): Promise<string[]> {
  return await withCloudFormation(endpoint, async (client) => {
    const removed: string[] = [];
    for (const name of names) {
      if (!(await settled(name, client, signal))) continue;
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
  await withCloudFormation(endpoint, async (client) => {
    const stack = await settled(name, client, signal);
    if (!stack || WHOLE.has(stack.StackStatus ?? '')) return;
    onProgress(`${name} was left in ${stack.StackStatus}: removing it`);
    await remove(name, client, signal);
  });
}

async function remove(name: string, client: CloudFormationClient, signal: AbortSignal): Promise<void> {
  await client.send(new DeleteStackCommand({ StackName: name }));
  const left = await settled(name, client, signal);
  if (left)
    throw new UserError(`${name} cannot be deleted: it is in ${left.StackStatus}. ${left.StackStatusReason ?? ''}`);
}

/** A stack once nothing is under way on it any more; undefined where there is none (any more). */
async function settled(name: string, client: CloudFormationClient, signal: AbortSignal): Promise<Stack | undefined> {
  const deadline = performance.now() + SETTLES_WITHIN_MS;
  for (;;) {
    const stack = await describe(name, client);
    const status = stack?.StackStatus ?? 'DELETE_COMPLETE';
    if (status === 'DELETE_COMPLETE') return undefined;
    // A stack in review was never made: it waits for a change set that was never executed.
    if (!status.endsWith('_IN_PROGRESS') || status === 'REVIEW_IN_PROGRESS') return stack;
    if (performance.now() > deadline) throw new UserError(`${name} has been in ${status} for two minutes.`);
    await pause(200, undefined, { signal });
  }
}

async function describe(name: string, client: CloudFormationClient): Promise<Stack | undefined> {
  try {
    return (await client.send(new DescribeStacksCommand({ StackName: name }))).Stacks?.[0];
  } catch (error) {
    if (error instanceof Error && error.message.includes('does not exist')) return undefined;
    throw error;
  }
}

async function withCloudFormation<T>(endpoint: string, use: (client: CloudFormationClient) => Promise<T>): Promise<T> {
  const client = new CloudFormationClient(clientConfiguration(endpoint));
  try {
    return await use(client);
  } finally {
    client.destroy();
  }
}

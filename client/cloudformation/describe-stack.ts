import { setTimeout as pause } from 'node:timers/promises';
import {
  CloudFormationClient,
  type CloudFormationClientConfig,
  DescribeStacksCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { UserError } from '../../terminal/command-line.ts';

/** A stack as DescribeStacks tells of it (CloudFormation API Reference). */
export interface StackDescription {
  readonly id: string;
  readonly name: string;
  /** Such as `UPDATE_COMPLETE`. */
  readonly status: string;
  readonly statusReason: string | undefined;
  readonly outputs: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
}

export interface SettleOptions {
  readonly signal: AbortSignal;
  /** Milliseconds after which it stops waiting. @default - none */
  readonly within?: number;
}

const lookEveryMs = 200;

/** Returns a stack as it is now; undefined where there is none. */
export async function describeStack(name: string, client: CloudFormationClient): Promise<StackDescription | undefined> {
  try {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    return stack && stack.StackStatus !== 'DELETE_COMPLETE' ? descriptionOf(stack) : undefined;
  } catch (error) {
    if (error instanceof Error && error.message.includes('does not exist')) {
      return undefined;
    }
    throw error;
  }
}

/**
 * Waits until nothing is under way on a stack, and returns it; undefined where there is none (any more). A stack in
 * REVIEW_IN_PROGRESS counts as settled: it waits for a change set that was never executed.
 * @throws UserError where time is up
 */
export async function settledStack(
  name: string,
  client: CloudFormationClient,
  { signal, within = Number.POSITIVE_INFINITY }: SettleOptions,
): Promise<StackDescription | undefined> {
  const deadline = performance.now() + within;
  for (;;) {
    const stack = await describeStack(name, client);
    if (!stack?.status.endsWith('_IN_PROGRESS') || isInReview(stack)) {
      return stack;
    }
    if (performance.now() > deadline) {
      throw new UserError(`${name} has been in ${stack.status} for ${within / 1000} s.`);
    }
    await pause(lookEveryMs, undefined, { signal });
  }
}

/** Whether a stack was never made: its first change set was not executed. */
export const isInReview = ({ status }: StackDescription): boolean => status === 'REVIEW_IN_PROGRESS';

/** Makes a client for some calls, and destroys it after them. */
export async function withCloudFormation<Result>(
  configuration: CloudFormationClientConfig,
  use: (client: CloudFormationClient) => Promise<Result>,
): Promise<Result> {
  const client = new CloudFormationClient(configuration);
  try {
    return await use(client);
  } finally {
    client.destroy();
  }
}

function descriptionOf(stack: Stack): StackDescription {
  return {
    id: stack.StackId ?? '',
    name: stack.StackName ?? '',
    status: stack.StackStatus ?? '',
    statusReason: stack.StackStatusReason,
    outputs: Object.fromEntries((stack.Outputs ?? []).map((o) => [o.OutputKey ?? '', o.OutputValue ?? ''])),
    parameters: Object.fromEntries((stack.Parameters ?? []).map((p) => [p.ParameterKey ?? '', p.ParameterValue ?? ''])),
  };
}

import { setTimeout as pause } from 'node:timers/promises';
import {
  Capability,
  type CloudFormationClient,
  DescribeStacksCommand,
  type Stack,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { UserError } from '../command-line.ts';

/** A stack with nothing under way on it. */
export interface DeployedStack {
  readonly id: string;
  readonly name: string;
  /** Such as `UPDATE_COMPLETE`. */
  readonly status: string;
  readonly statusReason: string | undefined;
  readonly outputs: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
}

const LOOK_EVERY_MS = 250;

/** Reads a stack once nothing is under way on it any more; undefined where there is none. */
export async function readStack(
  name: string,
  client: CloudFormationClient,
  signal: AbortSignal,
): Promise<DeployedStack | undefined> {
  for (;;) {
    const stack = await describe(name, client);
    const status = stack?.StackStatus ?? 'DELETE_COMPLETE';
    // A stack in review was never made: it waits for a change set that was never executed.
    if (!stack || status === 'DELETE_COMPLETE' || status === 'REVIEW_IN_PROGRESS') return undefined;
    if (!status.endsWith('_IN_PROGRESS')) return deployedStack(stack);
    await pause(LOOK_EVERY_MS, undefined, { signal });
  }
}

/** What is to change about a stack. */
export interface StackChange {
  /** Parameters that are to have another value. */
  readonly parameters: Readonly<Record<string, string>>;
  /** @default - the template that it has */
  readonly template?: object;
}

/**
 * Changes a stack, waits until that is done, and says whether there was anything to do.
 * @throws UserError where CloudFormation could not do it and went back to what there was
 */
export async function updateStack(
  stack: DeployedStack,
  { parameters, template }: StackChange,
  client: CloudFormationClient,
  signal: AbortSignal,
): Promise<boolean> {
  const update = new UpdateStackCommand({
    StackName: stack.id,
    ...(template ? { TemplateBody: JSON.stringify(template) } : { UsePreviousTemplate: true }),
    Parameters: Object.keys(stack.parameters).map((key) => ({
      ParameterKey: key,
      ...(parameters[key] === undefined ? { UsePreviousValue: true } : { ParameterValue: parameters[key] }),
    })),
    Capabilities: [Capability.CAPABILITY_IAM, Capability.CAPABILITY_NAMED_IAM],
  });
  try {
    await client.send(update);
  } catch (error) {
    if (error instanceof Error && error.message.includes('No updates are to be performed')) return false;
    throw error;
  }
  const updated = await readStack(stack.id, client, signal);
  if (updated?.status !== 'UPDATE_COMPLETE') {
    const why = updated?.statusReason ? `: ${updated.statusReason}` : '';
    throw new UserError(`${stack.name} could not be updated and is in ${updated?.status ?? 'no state'}${why}`);
  }
  return true;
}

async function describe(name: string, client: CloudFormationClient): Promise<Stack | undefined> {
  try {
    return (await client.send(new DescribeStacksCommand({ StackName: name }))).Stacks?.[0];
  } catch (error) {
    if (error instanceof Error && error.message.includes('does not exist')) return undefined;
    throw error;
  }
}

function deployedStack(stack: Stack): DeployedStack {
  return {
    id: stack.StackId ?? '',
    name: stack.StackName ?? '',
    status: stack.StackStatus ?? '',
    statusReason: stack.StackStatusReason,
    outputs: Object.fromEntries((stack.Outputs ?? []).map((o) => [o.OutputKey ?? '', o.OutputValue ?? ''])),
    parameters: Object.fromEntries((stack.Parameters ?? []).map((p) => [p.ParameterKey ?? '', p.ParameterValue ?? ''])),
  };
}

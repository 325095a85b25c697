import { createInterface } from 'node:readline/promises';
import { UserError } from '../../terminal/command-line.ts';
import { awsAccount } from './aws-account.ts';
import type { CdkArguments } from './cdk-arguments.ts';
import { runCdk } from './cdk-cli.ts';

export interface ConfirmOptions {
  /** Whether the answer is known to be yes. */
  readonly isYes: boolean;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/**
 * Tells what a command of the CDK CLI is about to meet on AWS: the account, the region and the stacks. Then it asks.
 * @throws UserError where the answer is not yes, or there is no terminal to ask on
 */
export async function confirmAws(args: CdkArguments, { isYes, environment, signal }: ConfirmOptions): Promise<void> {
  const { id, arn, region } = await awsAccount(args.profile, environment);
  const stacks = await selected(args, environment, signal);
  const lines = [
    `AWS account ${id}, region ${region}, as ${arn}`,
    `cdk ${args.command}:`,
    ...stacks.map((one) => `  ${one}`),
  ];
  console.error(lines.join('\n'));
  if (isYes) {
    return;
  }
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new UserError('There is no terminal to ask on. If you mean it, add --yes.');
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question('Go on, on this account? (y/N) ', { signal });
    if (!/^y(es)?$/i.test(answer.trim())) {
      throw new UserError('Nothing was done.');
    }
  } finally {
    terminal.close();
  }
}

/** The stacks that the selectors mean, as `cdk list` names them. */
async function selected(
  { command, selectors, app }: CdkArguments,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (command === 'bootstrap') {
    return selectors.length > 0 ? selectors : ['the bootstrap stack, CDKToolkit'];
  }
  const lines: string[] = [];
  const args = ['list', ...selectors, ...app, '--context', 'aws=true'];
  const code = await runCdk(args, { environment, signal, onLine: (line) => lines.push(line) });
  const named = lines
    .filter((line) => /^[\w-]+(\/[\w-]+)*( \([\w-]+\))?$/.test(line.trim()))
    .map((line) => line.trim());
  if (code !== 0) {
    throw new UserError(`The CDK CLI cannot list the stacks: ${lines.join('\n')}`);
  }
  return named.length > 0 ? named : ['no stack'];
}

import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { endOf } from '../../terminal/child.ts';
import { withEndpointAddress } from './endpoint-address.ts';

const cli = join(dirname(createRequire(import.meta.url).resolve('aws-cdk/package.json')), 'bin', 'cdk');

export interface CdkRunOptions {
  readonly environment: NodeJS.ProcessEnv;
  /** Ends the CLI when it is aborted. */
  readonly signal?: AbortSignal;
  /** Is given each line that the CLI prints. @default - it prints to this process's own streams */
  readonly onLine?: (line: string) => void;
  /** The folder of the app. @default - that of this process */
  readonly directory?: string;
  /** Has the CLI print to stderr alone, where stdout is for a result. @default false */
  readonly toStderr?: boolean;
}

/** Options of a deploy without a person to confirm it. A change set to look at first takes a third of the CLI's CPU. */
export const unattended = ['--require-approval', 'never', '--method', 'direct'] as const;

/** Runs the project's own CDK CLI with the Node that runs this, and returns its exit code. */
export async function runCdk(
  args: readonly string[],
  { environment, signal, onLine, directory, toStderr = false }: CdkRunOptions,
): Promise<number> {
  const printed = onLine ? 'pipe' : 'inherit';
  const child = spawn(process.execPath, [cli, ...args], {
    cwd: directory,
    env: await withEndpointAddress(environment),
    stdio: ['inherit', toStderr ? process.stderr : printed, printed],
  });
  for (const stream of [child.stdout, child.stderr]) {
    if (stream && onLine) {
      createInterface(stream).on('line', onLine);
    }
  }
  return await endOf(child, signal);
}

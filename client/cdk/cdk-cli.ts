import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { endOf } from '../../terminal/child.ts';

const cli = join(dirname(createRequire(import.meta.url).resolve('aws-cdk/package.json')), 'bin', 'cdk');

export interface CdkRunOptions {
  readonly environment: NodeJS.ProcessEnv;
  /** Ends the CLI when it is aborted. */
  readonly signal?: AbortSignal;
  /** Is given each line that the CLI prints. @default - it prints to this process's own streams */
  readonly onLine?: (line: string) => void;
  /** Has the CLI print to stderr alone, where stdout is for a result. @default false */
  readonly toStderr?: boolean;
}

/** Runs the project's own CDK CLI with the Node that runs this, and returns its exit code. */
export async function runCdk(
  args: readonly string[],
  { environment, signal, onLine, toStderr = false }: CdkRunOptions,
): Promise<number> {
  const printed = onLine ? 'pipe' : 'inherit';
  const child = spawn(process.execPath, [cli, ...args], {
    env: environment,
    stdio: ['inherit', toStderr ? process.stderr : printed, printed],
  });
  for (const stream of [child.stdout, child.stderr]) {
    if (stream && onLine) {
      createInterface(stream).on('line', onLine);
    }
  }
  return await endOf(child, signal);
}

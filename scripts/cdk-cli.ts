import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { withEndpointAddress } from './cdk/endpoint-address.ts';

const CLI = join(dirname(createRequire(import.meta.url).resolve('aws-cdk/package.json')), 'bin', 'cdk');

export interface CdkRun {
  readonly environment: NodeJS.ProcessEnv;
  /** Ends the CLI when it is aborted. */
  readonly signal?: AbortSignal;
  /** Is given each line that the CLI prints. @default - it prints to this process's own streams */
  readonly onLine?: (line: string) => void;
  /** Has the CLI print to stderr alone, where stdout is for a result. @default false */
  readonly toStderr?: boolean;
}

/** Runs the project's own CDK CLI with the Node that runs this, and gives its exit code. */
export async function runCdk(
  args: readonly string[],
  { environment, signal, onLine, toStderr = false }: CdkRun,
): Promise<number> {
  const printed = onLine ? 'pipe' : 'inherit';
  const reached = await withEndpointAddress(environment);
  const child = spawn(process.execPath, [CLI, ...args], {
    env: reached,
    stdio: ['inherit', toStderr ? process.stderr : printed, printed],
  });
  const end = () => child.kill('SIGTERM');
  signal?.addEventListener('abort', end, { once: true });
  for (const stream of [child.stdout, child.stderr]) if (stream && onLine) eachLine(stream, onLine);
  const [code, killedBy] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  signal?.removeEventListener('abort', end);
  return code ?? (killedBy === 'SIGINT' ? 130 : 143);
}

function eachLine(stream: NodeJS.ReadableStream, onLine: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
  stream.on('end', () => {
    if (rest) onLine(rest);
  });
}

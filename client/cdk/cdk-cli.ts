import { type ChildProcess, type IOType, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { endOf } from '../../terminal/child.ts';
import type { CdkCall } from './cdk-gate.ts';
import { withEndpointAddress } from './endpoint-address.ts';

const cli = join(dirname(createRequire(import.meta.url).resolve('aws-cdk/package.json')), 'bin', 'cdk');
const gate = pathToFileURL(join(import.meta.dirname, 'cdk-gate.ts')).href;

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
  /** A CLI that has loaded already. @default - one is started */
  readonly loaded?: LoadedCdk;
}

/** Options of a deploy without a person to confirm it. A change set to look at first takes a third of the CLI's CPU. */
export const unattended = ['--require-approval', 'never', '--method', 'direct'] as const;

/**
 * The version of the CLI is the project's to choose. On a terminal it would ask npm's registry for a newer one, and without a
 * network every command would wait for that.
 */
const pinned = { CDK_DISABLE_VERSION_CHECK: '1' } as const;

/** A CLI that was started before it was known what it is to do. */
export interface LoadedCdk {
  readonly child: ChildProcess;
  /** Ends it where it was not run. */
  close(): void;
}

/**
 * Starts the CDK CLI and has it load, which is half of its work in a short deploy. `loaded` of {@link runCdk} takes it.
 * @param printing - What it is going to be run with.
 */
export function loadCdk(printing: Printing): LoadedCdk {
  const child: ChildProcess = spawn(process.execPath, ['--import', gate, cli], {
    stdio: [...streamsOf(printing), 'ipc'],
  });
  return { child, close: () => void child.kill('SIGTERM') };
}

/** Runs the project's own CDK CLI with the Node that runs this, and returns its exit code. */
export async function runCdk(args: readonly string[], options: CdkRunOptions): Promise<number> {
  const { environment, signal, onLine, loaded, directory } = options;
  const env = { ...pinned, ...(await withEndpointAddress(environment)) };
  const child =
    loaded?.child ??
    spawn(process.execPath, [cli, ...args], { cwd: directory, env, stdio: streamsOf(printingOf(options)) });
  for (const stream of [child.stdout, child.stderr]) {
    if (stream && onLine) {
      createInterface(stream).on('line', onLine);
    }
  }
  const ended = endOf(child, signal);
  loaded?.child.send({ args, environment: env } satisfies CdkCall);
  return await ended;
}

/** Where the CLI prints to: lines for somebody to read, stderr alone, or this process's own streams. */
type Printing = 'lines' | 'stderr' | 'own';

const printingOf = ({ onLine, toStderr = false }: CdkRunOptions): Printing => {
  const toPerson = toStderr ? 'stderr' : 'own';
  return onLine ? 'lines' : toPerson;
};

function streamsOf(printing: Printing): (IOType | NodeJS.WriteStream)[] {
  const printed = printing === 'lines' ? 'pipe' : 'inherit';
  return ['inherit', printing === 'stderr' ? process.stderr : printed, printed];
}

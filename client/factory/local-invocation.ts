import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import type { FunctionName } from './factory-functions.ts';
import { functionEnvironment } from './function-environment.ts';

export interface LocalInvocation {
  readonly name: FunctionName;
  /** The deployed function whose configuration the source runs with. */
  readonly functionName: string;
  readonly eventPath: string;
  readonly endpoint: string;
  readonly watch?: boolean;
  readonly inspect?: boolean;
}

/** Runs a handler's source in a process of its own, with the deployed function's configuration; gives its exit code. */
export async function runSource(invocation: LocalInvocation, signal: AbortSignal): Promise<number> {
  const { name, functionName, eventPath, endpoint, watch, inspect } = invocation;
  const nodeOptions = [
    ...(watch ? ['--watch', '--watch-preserve-output'] : []),
    ...(inspect ? ['--inspect-wait'] : []),
  ];
  const child = spawn(
    process.execPath,
    [...nodeOptions, join(import.meta.dirname, 'run-handler.ts'), name, resolve(eventPath)],
    { env: await functionEnvironment(endpoint, functionName), stdio: 'inherit' },
  );
  const end = () => child.kill('SIGTERM');
  signal.addEventListener('abort', end, { once: true });
  const [code] = (await once(child, 'close')) as [number | null];
  signal.removeEventListener('abort', end);
  return code ?? 130;
}

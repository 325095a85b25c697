import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { endOf } from '../../terminal/child.ts';
import type { FunctionName } from './factory-functions.ts';
import { localEnvironment } from './function-environment.ts';

const runner = join(import.meta.dirname, 'handler-process.ts');

export interface LocalInvocationOptions {
  readonly name: FunctionName;
  /** The deployed function whose configuration the source runs with. */
  readonly functionName: string;
  readonly eventPath: string;
  readonly endpoint: string;
  readonly watch?: boolean;
  readonly inspect?: boolean;
}

/**
 * Runs a handler's source in a process of its own, with the deployed function's configuration, and prints how that went.
 * Returns the exit code.
 */
export async function runSource(options: LocalInvocationOptions, signal: AbortSignal): Promise<number> {
  const { name, functionName, eventPath, endpoint, watch, inspect } = options;
  const nodeOptions = [
    ...(watch ? ['--watch', '--watch-preserve-output'] : []),
    ...(inspect ? ['--inspect-wait'] : []),
  ];
  const source = join(import.meta.dirname, '..', '..', 'functions', name, 'handler.ts');
  const env = await localEnvironment(functionName, endpoint);
  const args = [...nodeOptions, runner, source, pathToFileURL(resolve(eventPath)).href];
  return await endOf(spawn(process.execPath, args, { env, stdio: 'inherit' }), signal);
}

/** What a process says of the one call that it made. */
export type CallReport =
  | { readonly result: unknown }
  | { readonly failure: { readonly isOfStart: boolean; readonly code?: string; readonly message: string } };

/** A handler that could not be loaded, or threw. */
export class HandlerFailed extends Error {
  override readonly name = 'HandlerFailed';
  /** Whether its module could not even be loaded. */
  readonly isOfStart: boolean;
  /** Node's own, such as `ERR_MODULE_NOT_FOUND`. */
  readonly code: string | undefined;

  constructor(message: string, isOfStart: boolean, code?: string) {
    super(message);
    this.isOfStart = isOfStart;
    this.code = code;
  }
}

export interface CallOptions {
  /** All that the process finds in its environment. */
  readonly environment: NodeJS.ProcessEnv;
  /** @default - this process's own */
  readonly cwd?: string;
  readonly signal: AbortSignal;
}

/**
 * Calls the handler of a module in a process of this machine, and returns its result when the process is gone.
 * @throws HandlerFailed
 */
export async function callHandler(file: string, event: unknown, options: CallOptions): Promise<unknown> {
  const { environment, cwd, signal } = options;
  const url = `data:application/json,${encodeURIComponent(JSON.stringify(event))}`;
  const child = spawn(process.execPath, [runner, file, url], {
    ...{ env: environment, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] },
    ...(cwd !== undefined && { cwd }),
  });
  let report: CallReport | undefined;
  child.once('message', (message) => {
    report = message as CallReport;
  });
  const [printed, code] = await Promise.all([child.stderr ? text(child.stderr) : '', endOf(child, signal)]);
  signal.throwIfAborted();
  if (report && 'result' in report) {
    return report.result;
  }
  if (report) {
    const { failure } = report;
    throw new HandlerFailed(failure.message, failure.isOfStart, failure.code);
  }
  throw new HandlerFailed(`${file} ended with ${code} before it answered: ${printed.trim()}`, false);
}

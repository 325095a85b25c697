import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { environmentFor } from './aws-environment.ts';
import { clientConfiguration } from './deployed-factory.ts';
import type { FunctionName } from './factory-functions.ts';

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

async function functionEnvironment(endpoint: string, functionName: string): Promise<NodeJS.ProcessEnv> {
  const client = new LambdaClient(clientConfiguration(endpoint));
  try {
    const configuration = await client.send(new GetFunctionConfigurationCommand({ FunctionName: functionName }));
    return {
      ...environmentFor(endpoint),
      AWS_LAMBDA_FUNCTION_NAME: functionName,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(configuration.MemorySize ?? 128),
      AWS_LAMBDA_FUNCTION_TIMEOUT: String(configuration.Timeout ?? 3),
      ...configuration.Environment?.Variables,
    };
  } finally {
    client.destroy();
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { endOf } from '../../terminal/child.ts';
import { UserError } from '../../terminal/command-line.ts';
import { servingEndpoint } from '../endpoint/endpoint.ts';
import { factoryOutputs, factoryStack } from './deployed-factory.ts';
import { localEnvironment } from './function-environment.ts';

/** A program of the factory that runs on this machine with the environment of a deployed function. */
export interface LocalProcessOptions {
  /** The program's file, from the root of the repository. */
  readonly program: string;
  readonly args?: readonly string[];
  /** The stack output that names the function. */
  readonly output: string;
  /** Variables beside the function's own. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Whether this process wants to read what the program writes on stdout. @default false, the terminal does */
  readonly reads?: boolean;
}

const repository = join(import.meta.dirname, '..', '..');

/**
 * Starts a program with what the deployed function knows. It ends when this process does.
 *
 * @throws UserError where no endpoint answers, or the factory is not deployed there.
 */
export async function startLocalProcess(options: LocalProcessOptions): Promise<ChildProcess> {
  const { url } = await servingEndpoint();
  const functionName = (await factoryOutputs(url))?.[options.output];
  if (!functionName) {
    throw new UserError(
      `The stack ${factoryStack} at ${url} names no ${options.output}. Deploy it: npm run cdk -- deploy 'Factor12/*'`,
    );
  }
  return spawn(process.execPath, [join(repository, options.program), ...(options.args ?? [])], {
    env: { ...(await localEnvironment(functionName, url)), ...options.environment },
    // By the channel the program notices when this process is gone.
    stdio: ['inherit', options.reads ? 'pipe' : 'inherit', 'inherit', 'ipc'],
  });
}

/**
 * Waits until a program has ended, and returns its exit code. When the signal aborts, the program is asked to stop, once;
 * what a terminal sends, it sends to the program as well, which takes both for one.
 */
export async function ended(child: ChildProcess, signal: AbortSignal): Promise<number> {
  // While there is a listener, further signals do not end this process before the program.
  const stayUntilTheEnd = () => undefined;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, stayUntilTheEnd);
  }
  return await endOf(child, signal);
}

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Calls the handler of a module in a process on the desk, with this environment and no other, and gives what it returns
 * when the process is gone.
 */
export async function runOnDesk(
  file: string,
  event: unknown,
  environment: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<unknown> {
  const runner = join(import.meta.dirname, 'handler-process.ts');
  const { stdout } = await run(process.execPath, [runner, file, JSON.stringify(event)], { env: environment, signal });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? 'null');
}

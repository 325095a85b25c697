import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fetchFrom } from '../../client/endpoint/http-request.ts';
import { endOf } from '../../terminal/child.ts';

/** The embedded AWS in a process of its own, as `npm run emulator` runs it. */
export interface EndpointProcess {
  readonly url: string;
  /** What its health page says. */
  health(): Promise<{ readonly memoryBytes: number; readonly calls: Readonly<Record<string, number>> }>;
  close(): Promise<void>;
}

export async function startEndpointProcess(): Promise<EndpointProcess> {
  const script = join(import.meta.dirname, '..', 'emulator.ts');
  const child = spawn(process.execPath, [script, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const url = /http:\S+\d/.exec(line)?.[0];
  if (!url) {
    throw new Error(`The endpoint did not say where it serves: ${line}`);
  }
  return {
    url,
    health: async () =>
      (await fetchFrom(new URL('/_emulator/health', url), {}, url)).json() as ReturnType<EndpointProcess['health']>,
    close: async () => {
      const ended = endOf(child);
      child.kill('SIGTERM');
      await ended;
    },
  };
}

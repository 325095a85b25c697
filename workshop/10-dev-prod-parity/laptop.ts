import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Somebody's laptop, far from where the factory runs: set to German, and in a time zone in which it is another day.
 * Which zone that is depends on the hour, because there is none that is always on another day.
 */
export function foreignLaptop(now = new Date()): Readonly<Record<string, string>> {
  const isMorning = now.getUTCHours() < 11;
  return { LANG: 'de_DE.UTF-8', TZ: isMorning ? 'Etc/GMT+12' : 'Pacific/Kiritimati', PATH: process.env['PATH'] ?? '' };
}

/** Runs the handler of a module on a desk, a process with this environment and no other, and gives what it returns. */
export async function runOnDesk(
  file: string,
  event: unknown,
  environment: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<unknown> {
  const runner = join(import.meta.dirname, 'desk-process.ts');
  const { stdout } = await run(process.execPath, [runner, file, JSON.stringify(event)], { env: environment, signal });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? 'null');
}

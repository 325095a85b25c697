import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { OrderBody } from '../experiment/traffic.ts';
import type { Service } from './kitchen-process.ts';

const run = promisify(execFile);
const runner = join(import.meta.dirname, 'kitchen-process.ts');

/** Starts a kitchen as a plain Node process, with nothing of this one's environment, and has it take one order. */
export async function serveOnce(file: string, order: OrderBody, signal: AbortSignal): Promise<Service> {
  const temporary = await mkdtemp(join(tmpdir(), 'kitchen-'));
  try {
    const { stdout } = await run(process.execPath, [runner, file, JSON.stringify(order)], {
      cwd: temporary,
      // Windows starts no process without its root.
      env: { TMPDIR: temporary, TMP: temporary, TEMP: temporary, SystemRoot: process.env['SystemRoot'] },
      signal,
    });
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as Service;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

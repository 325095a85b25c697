import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * The resident memory of processes of this machine together, in bytes; those that have just ended count nothing. Pages
 * that several processes share (the code of Node itself) count for each, on either side. Undefined where it cannot be
 * measured: on Windows, which has neither /proc nor ps.
 */
export async function residentMemoryOf(processIds: readonly number[]): Promise<number | undefined> {
  if (process.platform === 'win32') {
    return undefined;
  }
  if (processIds.length === 0) {
    return 0;
  }
  const each = process.platform === 'linux' ? processIds.map(fromProc) : [fromPs(processIds)];
  return (await Promise.all(each)).reduce((sum, bytes) => sum + bytes, 0);
}

/** From the status and not from statm, which counts in pages of a size that it does not tell. */
async function fromProc(processId: number): Promise<number> {
  const status = await readFile(`/proc/${processId}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
}

async function fromPs(processIds: readonly number[]): Promise<number> {
  // It fails where one of them is gone, and yet tells of the others.
  const { stdout } = await run('ps', ['-o', 'rss=', '-p', processIds.join(',')]).catch(
    (error: { stdout?: string }) => ({ stdout: error.stdout ?? '' }),
  );
  return stdout
    .split('\n')
    .filter((line) => line.trim() !== '')
    .reduce((sum, line) => sum + Number(line) * 1024, 0);
}

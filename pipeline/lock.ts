import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../terminal/command-line.ts';

/** Who is at work. */
interface Holder {
  readonly processId: number;
  readonly host: string;
  readonly what: string;
  /** ISO 8601, UTC. */
  readonly since: string;
}

/**
 * Works in a folder while no other process does. A lock that was left by a process which is gone is taken over.
 * @throws UserError that says who is at work
 */
export async function withLock<T>(folder: string, what: string, work: () => Promise<T>): Promise<T> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, '.lock');
  const holder: Holder = { processId: process.pid, host: hostname(), what, since: new Date().toISOString() };
  if (!(await take(file, holder))) {
    const other = await readHolder(file);
    if (other && isAtWork(other)) {
      throw new UserError(refusal(other, file));
    }
    await rm(file, { force: true });
    if (!(await take(file, holder))) {
      throw new UserError(`Another process holds ${file}. Try again.`);
    }
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

/** Takes the lock, whole or not at all: no process ever reads half of one. */
async function take(file: string, holder: Holder): Promise<boolean> {
  const draft = `${file}.${process.pid}.${crypto.randomUUID()}`;
  await writeFile(draft, JSON.stringify(holder));
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      return false;
    }
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder;
  } catch (error) {
    // It was let go meanwhile, or it is not one of ours.
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

/** Of a process on another machine this one cannot tell, so it counts as one that is. */
function isAtWork({ processId, host }: Holder): boolean {
  if (host !== hostname()) {
    return true;
  }
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function refusal({ processId, host, what, since }: Holder, file: string): string {
  const where = host === hostname() ? '' : ` on ${host}`;
  return `Another pipeline is at work since ${since}: ${what} (process ${processId}${where}). Wait for it to end; its lock is ${file}.`;
}

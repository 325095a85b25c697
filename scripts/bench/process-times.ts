import { readdir, readFile } from 'node:fs/promises';

/** What the operating system says of a process and of those that it started. */
export interface TreeTimes {
  /** CPU that the process itself has used, in ms. */
  readonly ownMs: number;
  /** CPU that all its descendants have used, in ms: those that are gone too, once their parent has heard of it. */
  readonly descendantsMs: number;
  /** Resident memory of the process, in bytes. */
  readonly ownBytes: number;
  /** Memory of each living descendant that runs Node.js. */
  readonly functionMemory: readonly ProcessMemory[];
}

/** What a process holds of the machine's memory, in bytes. */
export interface ProcessMemory {
  readonly pid: number;
  /** All that is in memory for it. What it shares, such as the code of Node.js, is counted for each process that has it. */
  readonly residentBytes: number;
  /** Its share: what several processes have is divided among them, so that the shares of all add up to what they take. */
  readonly shareBytes: number;
}

/** Ticks a second of the times in `/proc/PID/stat` (proc(5), `sysconf(_SC_CLK_TCK)`): 100 wherever Linux runs Node.js. */
const ticksPerSecond = 100;
const pageBytes = 4096;

interface Stat {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
  readonly ownMs: number;
  /** CPU of children that are gone and were waited for. */
  readonly reapedMs: number;
  readonly bytes: number;
}

/** Reads the accounting of a process and its descendants out of `/proc`; undefined where the system has none, or it is gone. */
export async function treeTimes(pid: number): Promise<TreeTimes | undefined> {
  const all = await readStats();
  const root = all.find((stat) => stat.pid === pid);
  if (!root) {
    return undefined;
  }
  const descendants = descendantsOf(pid, all);
  return {
    ownMs: root.ownMs,
    descendantsMs: descendants.reduce((sum, { ownMs, reapedMs }) => sum + ownMs + reapedMs, root.reapedMs),
    ownBytes: root.bytes,
    functionMemory: await memoryOf(descendants.filter(({ name }) => isNode(name))),
  };
}

async function memoryOf(processes: readonly Stat[]): Promise<ProcessMemory[]> {
  const shares = await Promise.all(processes.map(({ pid }) => shareOf(pid)));
  return processes.flatMap(({ pid, bytes: residentBytes }, n) => {
    const shareBytes = shares[n];
    return shareBytes === undefined ? [] : [{ pid, residentBytes, shareBytes }];
  });
}

/** The proportional set size of `/proc/PID/smaps_rollup` (proc_pid_smaps(5)); undefined where the process is gone. */
async function shareOf(pid: number): Promise<number | undefined> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  const kilobytes = /^Pss:\s+(\d+) kB$/m.exec(text)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

/** The process's name is that of its file, or of its main thread, which Node.js names itself. */
const isNode = (name: string): boolean => name === 'node' || name === 'MainThread';

function descendantsOf(pid: number, all: readonly Stat[]): Stat[] {
  const children = all.filter(({ parent }) => parent === pid);
  return [...children, ...children.flatMap((child) => descendantsOf(child.pid, all))];
}

async function readStats(): Promise<Stat[]> {
  const names = await readdir('/proc').catch(() => []);
  const stats = await Promise.all(names.filter((name) => /^\d+$/.test(name)).map(readStat));
  return stats.filter((stat) => stat !== undefined);
}

/** A process may end while all are read. */
async function readStat(pid: string): Promise<Stat | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : parseStat(text);
}

/** Reads a line of `/proc/PID/stat` (proc_pid_stat(5)). The name is in parentheses, and may hold some itself. */
export function parseStat(text: string): Stat {
  const nameEnd = text.lastIndexOf(')');
  const nameStart = text.indexOf('(');
  // From the third field on, which is the state.
  const fields = text.slice(nameEnd + 2).split(' ');
  const field = (number: number) => Number(fields[number - 3]);
  const milliseconds = (...numbers: number[]) =>
    (numbers.map(field).reduce((a, b) => a + b, 0) * 1000) / ticksPerSecond;
  return {
    pid: Number(text.slice(0, nameStart)),
    name: text.slice(nameStart + 1, nameEnd),
    parent: field(4),
    ownMs: milliseconds(14, 15),
    reapedMs: milliseconds(16, 17),
    bytes: field(24) * pageBytes,
  };
}

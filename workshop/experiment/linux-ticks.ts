import { readdirSync, readFileSync } from 'node:fs';

/** Ticks of all cores together since the machine started. */
export interface CpuTimes {
  readonly cores: number;
  readonly idle: number;
  readonly steal: number;
  readonly total: number;
  /** Of this process, its children, and theirs. Missing where the system does not tell. */
  readonly own?: number | undefined;
}

/** /proc/stat; undefined on other systems, and where a container hides it. */
export function readStat(): string | undefined {
  return process.platform === 'linux' ? readIfThere('/proc/stat') : undefined;
}

/** The sum of all cores in /proc/stat (proc_stat(5)): user, nice, system, idle, iowait, irq, softirq, steal, and guests, who are in user. */
export function ticksIn(stat: string): Pick<CpuTimes, 'idle' | 'steal' | 'total'> {
  const [, line = ''] = /^cpu +(.*)$/m.exec(stat) ?? [];
  const ticks = line.split(' ').map(Number).slice(0, 8);
  const [, , , idle = 0, ioWait = 0, , , steal = 0] = ticks;
  return { idle: idle + ioWait, steal, total: ticks.reduce((sum, one) => sum + one, 0) };
}

/** Processes that run or wait for a core, in /proc/stat. */
export const runnableIn = (stat: string): number => Number(/^procs_running (\d+)$/m.exec(stat)?.[1] ?? 0);

/** What is known of a process by its `/proc/PID/stat` (proc_pid_stat(5)). */
export interface ProcessTicks {
  readonly id: number;
  readonly parent: number;
  /** Its own, and those of its children that have ended. */
  readonly ticks: number;
}

/** Undefined for what is no such file. The name of the program may have blanks and brackets in it. */
export function processIn(stat: string): ProcessTicks | undefined {
  const [, id, rest = ''] = /^(\d+) \(.*\) (.*)$/s.exec(stat) ?? [];
  // From the state, which is the third field, on: the parent is the 4th, and utime, stime, cutime, cstime are 14 to 17.
  const fields = rest.split(' ');
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return id === undefined || !Number.isFinite(ticks) ? undefined : { id: Number(id), parent: Number(fields[1]), ticks };
}

/** Ticks of a process and of all that descend from it. */
export function ticksOfTree(root: number, processes: readonly ProcessTicks[]): number {
  const children = Map.groupBy(processes, ({ parent }) => parent);
  const sum = (id: number): number => (children.get(id) ?? []).reduce((all, one) => all + one.ticks + sum(one.id), 0);
  return (processes.find(({ id }) => id === root)?.ticks ?? 0) + sum(root);
}

/** Of this process and all that descend from it, by now. */
export function ownTicks(): number {
  const processes = readdirSync('/proc').flatMap((name) => {
    const stat = /^\d+$/.test(name) ? readIfThere(`/proc/${name}/stat`) : undefined;
    return (stat !== undefined && processIn(stat)) || [];
  });
  return ticksOfTree(process.pid, processes);
}

/** A process may end while one looks. */
function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How busy a machine was for a time, with this and with everything else that ran on it. */
export interface MachineLoad {
  readonly cores: number;
  /** Share of the time of all cores that was in use: 0 to 1. */
  readonly cpu: number;
  /** Share that the host of a virtual machine gave to others; 0 where it does not tell. */
  readonly steal: number;
  /** Processes that ran or waited for a core, by core, on average. Missing where the system does not count them: on Windows. */
  readonly queue?: number;
  /** Milliseconds by which this process woke too late, 99th percentile. */
  readonly lagMs: number;
}

/** What is too much for a finding that depends on time. A machine with nothing else to do stays well below. */
const most = { cpu: 0.92, steal: 0.1, queue: 1.5, lagMs: 100 } as const;

/** Says in what a machine was too busy for findings that depend on time; nothing where it was not. */
export function busyIn({ cpu, steal, queue = 0, lagMs }: MachineLoad): string[] {
  const percent = (share: number) => `${Math.round(100 * share)} %`;
  return [
    ...(cpu >= most.cpu ? [`${percent(cpu)} of its processor time was in use`] : []),
    ...(steal >= most.steal ? [`its host took away ${percent(steal)} of its processor time`] : []),
    ...(queue >= most.queue ? [`${queue.toFixed(1)} processes wanted each core`] : []),
    ...(lagMs >= most.lagMs ? [`this process woke up to ${Math.round(lagMs)} ms late`] : []),
  ];
}

export const isBusy = (load: MachineLoad): boolean => busyIn(load).length > 0;

export interface MachineWatch {
  /** What the load was since the watch began. Ends it; a second call gives the same. */
  stop(): MachineLoad;
}

const lookEveryMs = 250;
const nanosecondsPerMs = 1e6;

/** Watches how busy the machine is until it is told to stop. It keeps no process alive. */
export function watchMachine(): MachineWatch {
  const delays = monitorEventLoopDelay({ resolution: 10 });
  delays.enable();
  const before = readTimes();
  const queues: number[] = [];
  const look = () => queues.push(...waitingProcesses());
  look();
  const timer = setInterval(look, lookEveryMs).unref();
  let load: MachineLoad | undefined;
  return {
    stop: () => {
      clearInterval(timer);
      delays.disable();
      load ??= loadBetween(before, readTimes(), queues, delays.percentile(99) / nanosecondsPerMs);
      return load;
    },
  };
}

/** Ticks of all cores together since the machine started. */
export interface CpuTimes {
  readonly cores: number;
  readonly idle: number;
  readonly steal: number;
  readonly total: number;
}

/** What the load was between two readings of the ticks. */
export function loadBetween(
  before: CpuTimes,
  after: CpuTimes,
  queues: readonly number[],
  delayMs: number,
): MachineLoad {
  const total = after.total - before.total;
  const share = (ticks: number) => (total > 0 ? ticks / total : 0);
  const { cores } = after;
  return {
    cores,
    cpu: total > 0 ? 1 - share(after.idle - before.idle) : 0,
    steal: share(after.steal - before.steal),
    ...(queues.length > 0 && { queue: queues.reduce((sum, queue) => sum + queue, 0) / queues.length / cores }),
    // No delay at all is told as a number that is none.
    lagMs: Number.isFinite(delayMs) ? delayMs : 0,
  };
}

function readTimes(): CpuTimes {
  const cores = cpus();
  const stat = process.platform === 'linux' ? readStat() : undefined;
  if (stat) {
    return { cores: cores.length, ...cpuTimesIn(stat) };
  }
  const times = cores.map(({ times }) => times);
  const idle = times.reduce((sum, one) => sum + one.idle, 0);
  const total = times.reduce((sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq, 0);
  return { cores: cores.length, idle, steal: 0, total };
}

/** The sum of all cores in /proc/stat (proc_stat(5)): user, nice, system, idle, iowait, irq, softirq, steal, and guests, who are in user. */
export function cpuTimesIn(stat: string): Omit<CpuTimes, 'cores'> {
  const [, line = ''] = /^cpu +(.*)$/m.exec(stat) ?? [];
  const ticks = line.split(' ').map(Number).slice(0, 8);
  const [, , , idle = 0, ioWait = 0, , , steal = 0] = ticks;
  return { idle: idle + ioWait, steal, total: ticks.reduce((sum, one) => sum + one, 0) };
}

/** Processes that run or wait for a core now, but for the one that looks. Nothing where the system does not count them. */
function waitingProcesses(): number[] {
  if (process.platform === 'linux') {
    const running = /^procs_running (\d+)$/m.exec(readStat() ?? '')?.[1];
    return running === undefined ? [] : [Math.max(0, Number(running) - 1)];
  }
  // An average of the last minute: macOS has no count of this moment, and Windows has neither.
  return process.platform === 'win32' ? [] : [loadavg()[0] ?? 0];
}

/** Undefined where a container hides it. */
function readStat(): string | undefined {
  try {
    return readFileSync('/proc/stat', 'utf8');
  } catch {
    return undefined;
  }
}

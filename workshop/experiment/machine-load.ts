import { cpus, loadavg } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type CpuTimes, ownTicks, readStat, runnableIn, ticksIn } from './linux-ticks.ts';

/** How busy a machine was for a time, with this process and its children and with everything else that ran on it. */
export interface MachineLoad {
  readonly cores: number;
  /** Share of the time of all cores that was in use: 0 to 1. */
  readonly cpu: number;
  /** Share that went to processes that are neither this one nor its children. Missing where the system does not tell: it is not Linux. */
  readonly others?: number;
  /** Share that the host of a virtual machine gave to others; 0 where it does not tell. */
  readonly steal: number;
  /** Processes that ran or waited for a core, by core, on average. Missing where the system does not count them: on Windows. */
  readonly queue?: number;
  /** Milliseconds by which this process woke too late, 99th percentile. */
  readonly lagMs: number;
}

/** What is too much for a finding that depends on time. What an experiment does itself stays below on a machine with two cores. */
const most = { others: 0.25, steal: 0.1, queue: 3, lagMs: 100 } as const;

/** Says in what a machine was too busy for findings that depend on time; nothing where it was not. */
export function busyIn({ others, steal, queue = 0, lagMs }: MachineLoad): string[] {
  const percent = (share: number) => `${Math.round(100 * share)} %`;
  const isOvercrowded = others === undefined && queue >= most.queue;
  return [
    ...(others !== undefined && others >= most.others
      ? [`other programs took ${percent(others)} of the processor time`]
      : []),
    ...(steal >= most.steal ? [`the host of this machine took away ${percent(steal)} of its processor time`] : []),
    ...(isOvercrowded ? [`${queue.toFixed(1)} processes wanted each core`] : []),
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

/** What the load was between two readings of the ticks. */
export function loadBetween(
  before: CpuTimes,
  after: CpuTimes,
  queues: readonly number[],
  delayMs: number,
): MachineLoad {
  const total = after.total - before.total;
  const share = (ticks: number) => (total > 0 ? Math.min(1, Math.max(0, ticks / total)) : 0);
  const { cores } = after;
  const used = total - (after.idle - before.idle);
  const steal = after.steal - before.steal;
  const others = before.own !== undefined && after.own !== undefined && used - steal - (after.own - before.own);
  return {
    cores,
    cpu: share(used),
    ...(others !== false && { others: share(others) }),
    steal: share(steal),
    ...(queues.length > 0 && { queue: queues.reduce((sum, queue) => sum + queue, 0) / queues.length / cores }),
    // No delay at all is told as a number that is none.
    lagMs: Number.isFinite(delayMs) ? delayMs : 0,
  };
}

function readTimes(): CpuTimes {
  const cores = cpus();
  const stat = readStat();
  if (stat !== undefined) {
    return { cores: cores.length, ...ticksIn(stat), own: ownTicks() };
  }
  const times = cores.map(({ times }) => times);
  const idle = times.reduce((sum, one) => sum + one.idle, 0);
  const total = times.reduce((sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq, 0);
  return { cores: cores.length, idle, steal: 0, total };
}

/** Processes that run or wait for a core now, but for the one that looks. Nothing where the system does not count them. */
function waitingProcesses(): number[] {
  const stat = readStat();
  if (stat !== undefined) {
    return [Math.max(0, runnableIn(stat) - 1)];
  }
  // An average of the last minute: macOS has no count of this moment, and Windows has neither.
  return process.platform === 'win32' ? [] : [loadavg()[0] ?? 0];
}

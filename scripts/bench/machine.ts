import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';

/** The machine on which figures were measured, and how busy it was. */
export interface Machine {
  readonly cores: number;
  readonly processor: string;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
  /** Processes that ran or waited, on average over the minute before each look. */
  readonly load: { readonly before: number; readonly after: number };
}

/** Looks at the machine, and once more when the result is called. */
export function lookAtMachine(): () => Machine {
  const load = () => Number((loadavg()[0] ?? 0).toFixed(1));
  const before = load();
  return () => ({
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.version,
    load: { before, after: load() },
  });
}

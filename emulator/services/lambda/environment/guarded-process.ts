import type { EnvironmentHost } from './environment-host.ts';
import { EnvironmentProcess, type EnvironmentProcessOptions } from './process/environment-process.ts';
import type { OutputEvents } from './process/output-reader.ts';

export interface GuardedProcessOptions extends EnvironmentProcessOptions {
  readonly environmentId: string;
  /** Whether it does something. */
  readonly isBusy: () => boolean;
  /** It takes more memory than it has. */
  readonly outOfMemory: () => void;
}

/** Starts the process of an environment, which does not outlive this one, and whose memory is watched. */
export function startGuarded(
  { watchdog, memoryWatch }: Pick<EnvironmentHost, 'watchdog' | 'memoryWatch'>,
  { environmentId, isBusy, outOfMemory, ...options }: GuardedProcessOptions,
  output: OutputEvents,
): EnvironmentProcess {
  const started = new EnvironmentProcess(options, output);
  const { id } = started;
  if (id === undefined) {
    return started;
  }
  watchdog.guard(id, environmentId);
  const { memorySize } = options.version.configuration;
  const unwatch = memoryWatch.add({ processId: id, memorySizeMb: memorySize, isBusy, exceeded: outOfMemory });
  const over = (): void => {
    unwatch();
    watchdog.release(id);
  };
  started.exited.then(over, over);
  return started;
}

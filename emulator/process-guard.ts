import { reportUnforeseen } from './wire/failure.ts';

/**
 * Keeps this process alive whatever its timers, streams and promises throw: one that serves others must not end for the
 * mistake of one. What was thrown is said on a line of stderr. It is for the process of an endpoint alone: elsewhere a
 * process with an uncaught error should end.
 */
export function guardProcess(): void {
  if (process.listeners('uncaughtException').includes(report)) {
    return;
  }
  // Without a listener of its own an unhandled rejection becomes an uncaught exception.
  process.on('uncaughtException', report);
}

const report = (error: unknown): void => reportUnforeseen('The endpoint', error);

/**
 * Resolves after a time in milliseconds, or at once when the signal is aborted. It keeps no process alive. By the global
 * timer, which a test's fake clock moves; that of `node:timers/promises` it does not.
 */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) {
    return;
  }
  const { promise, resolve } = Promise.withResolvers<void>();
  const end = (): void => resolve();
  const timer = setTimeout(end, ms).unref();
  signal.addEventListener('abort', end);
  await promise;
  clearTimeout(timer);
  signal.removeEventListener('abort', end);
}

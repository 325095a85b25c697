/**
 * Keeps the process alive through a first Ctrl-C, so that it can clean up; a second one ends it at once.
 *
 * The library that draws the progress kills the process with the signal when nobody else listens to it any more, and the
 * listener of `runCommand` listens once. Gives what tells whether there was an interruption.
 */
export function surviveInterruption(): () => boolean {
  let count = 0;
  for (const [signal, code] of [['SIGINT', 130] as const, ['SIGTERM', 143] as const]) {
    process.on(signal, () => {
      count += 1;
      if (count > 1) process.exit(code);
    });
  }
  return () => count > 0;
}

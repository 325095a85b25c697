/**
 * What went wrong, in one line, for the person who started a process at a terminal. A refused connection has an empty
 * message and tells its story in its code.
 */
export function oneLine(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  const { code } = error as NodeJS.ErrnoException;
  return (error.message || code || error.name).replaceAll(/\s*\n\s*/g, ' ');
}

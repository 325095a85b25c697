/**
 * What went wrong, in one line, for whoever started a process at a terminal. A connection that nobody took has an empty
 * message and tells its story in its code.
 */
export function oneLine(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  const { code } = error as NodeJS.ErrnoException;
  return (error.message || code || error.name).replaceAll(/\s*\n\s*/g, ' ');
}

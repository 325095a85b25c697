import { watch } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds in which an editor may write several files and mean one change. */
const together = 30;

/**
 * Yields at once, and then once for each time that something in a folder was saved; what is saved while the caller is at
 * work is one more. Ends when the signal is aborted.
 */
export async function* changesIn(folder: string, signal: AbortSignal): AsyncGenerator<void> {
  let isChanged = true;
  let wake = () => {};
  const watcher = watch(folder, { recursive: true }, () => {
    isChanged = true;
    wake();
  });
  signal.addEventListener('abort', () => wake(), { once: true });
  try {
    while (!signal.aborted) {
      if (isChanged) {
        isChanged = false;
        yield;
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        await pause(together);
      }
    }
  } finally {
    watcher.close();
  }
}

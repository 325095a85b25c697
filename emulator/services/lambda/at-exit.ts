/** What is still to be done when this process exits without a close. */
const pending = new Set<() => void>();

/**
 * Has a synchronous function called when this process exits. One listener serves all callers: Node takes eleven for a leak,
 * and there is a Lambda for each region. Returns what takes the function back.
 */
export function atExit(end: () => void): () => void {
  if (pending.size === 0) process.once('exit', endAll);
  pending.add(end);
  return () => {
    pending.delete(end);
    if (pending.size === 0) process.off('exit', endAll);
  };
}

function endAll(): void {
  for (const end of pending) end();
}

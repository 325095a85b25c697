const actions = new Set<() => void>();

/**
 * Has something done when this process exits without having closed what it started: synchronously, as there is no time left.
 * Returns what takes that back. One listener for all: Node warns of more than ten.
 */
export function atExit(action: () => void): () => void {
  if (actions.size === 0) {
    process.on('exit', runAll);
  }
  actions.add(action);
  return () => {
    actions.delete(action);
    if (actions.size === 0) {
      process.off('exit', runAll);
    }
  };
}

function runAll(): void {
  for (const action of actions) {
    action();
  }
}

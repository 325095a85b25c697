/** What a terminal sends for Ctrl-C while it hands over each key by itself. */
const interrupt = '\u0003';

/**
 * Calls back for single keys, without Enter, until what it returns is called. Where there is no terminal to type on, nothing happens.
 * Ctrl-C still interrupts: a terminal that hands over single keys leaves that to us.
 */
export function onKeys(actions: Readonly<Record<string, () => void>>): () => void {
  const { stdin } = process;
  if (!stdin.isTTY) {
    return () => {};
  }
  const pressed = (keys: string) => {
    for (const key of keys) {
      if (key === interrupt) {
        process.kill(process.pid, 'SIGINT');
      }
      actions[key]?.();
    }
  };
  const restore = () => void stdin.setRawMode(false);
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  stdin.on('data', pressed);
  process.once('exit', restore);
  return () => {
    stdin.off('data', pressed);
    process.off('exit', restore);
    restore();
    stdin.pause();
  };
}

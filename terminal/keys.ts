/** What a terminal sends for Ctrl-C while it hands over each key by itself. */
const interrupt = '\u0003';

/** As much of a terminal as is needed. */
export type Keyboard = Pick<NodeJS.ReadStream, 'isTTY' | 'setRawMode' | 'setEncoding' | 'on' | 'off' | 'pause'>;

/**
 * Calls back for single keys, without Enter, until what it returns is called. Where there is no terminal to type on, nothing happens.
 * Ctrl-C still interrupts: a terminal that hands over single keys leaves that to us.
 */
export function onKeys(
  actions: Readonly<Record<string, () => void>>,
  stdin: Keyboard = process.stdin,
  onInterrupt: () => void = () => void process.kill(process.pid, 'SIGINT'),
): () => void {
  if (!stdin.isTTY) {
    return () => {};
  }
  const pressed = (keys: string) => {
    for (const key of keys) {
      if (key === interrupt) {
        onInterrupt();
      }
      if (Object.hasOwn(actions, key)) {
        actions[key]?.();
      }
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

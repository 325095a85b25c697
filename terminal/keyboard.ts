/** As much of a terminal as is needed to read single keys. */
export type Keyboard = Pick<
  NodeJS.ReadStream,
  'isTTY' | 'setRawMode' | 'setEncoding' | 'on' | 'once' | 'off' | 'pause' | 'resume'
>;

/** What a terminal sends for Ctrl-C while it hands over each key by itself. */
export const interruptKey = '\u0003';

/**
 * Has a terminal hand over each key by itself, without Enter, until what it returns is called. Ctrl-C is a key like others meanwhile.
 * Where there is no terminal to type on, nothing happens.
 */
export function readKeys(keyboard: Keyboard, onKey: (key: string) => void): () => void {
  if (!keyboard.isTTY) {
    return () => {};
  }
  // Several may come at once: those that were typed before anybody listened.
  const pressed = (keys: string | Buffer) => {
    for (const key of String(keys)) {
      onKey(key);
    }
  };
  const restore = () => void keyboard.setRawMode(false);
  keyboard.setRawMode(true);
  keyboard.setEncoding('utf8');
  keyboard.on('data', pressed);
  keyboard.resume();
  process.once('exit', restore);
  return () => {
    keyboard.off('data', pressed);
    process.off('exit', restore);
    restore();
    keyboard.pause();
  };
}

import { interruptKey, type Keyboard, readKeys } from './keyboard.ts';

/**
 * Does what single keys are for, beside all else that goes on, until what it returns is called. Ctrl-C still interrupts: a terminal
 * that hands over single keys leaves that to us.
 */
export function onKeys(
  actions: Readonly<Record<string, () => void>>,
  stdin: Keyboard = process.stdin,
  onInterrupt: () => void = () => void process.kill(process.pid, 'SIGINT'),
): () => void {
  return readKeys(stdin, (key) => {
    if (key === interruptKey) {
      onInterrupt();
    }
    if (Object.hasOwn(actions, key)) {
      actions[key]?.();
    }
  });
}

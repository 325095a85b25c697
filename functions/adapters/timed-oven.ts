import { setTimeout as wait } from 'node:timers/promises';
import type { Oven } from '../domain/ports.ts';

/** The oven of a workshop: it only takes the time that baking takes. At 0 ms it does not wait at all. */
export const timedOven: Oven = {
  async bake(milliseconds, signal) {
    signal.throwIfAborted();
    if (milliseconds > 0) {
      await wait(milliseconds, undefined, { signal });
    }
  },
};

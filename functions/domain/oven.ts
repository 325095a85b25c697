import type { Oven } from './ports.ts';

/**
 * An oven that takes at most `capacity` cookies at a time. The others wait in line, first come, first served, so that the
 * orders of a batch are finished one after the other and not all at the end.
 */
export function limitOven(oven: Oven, capacity: number): Oven {
  let free = capacity;
  const line: (() => void)[] = [];

  function enter(): Promise<void> | undefined {
    if (free === 0) {
      return new Promise((resolve) => line.push(resolve));
    }
    free -= 1;
    return undefined;
  }

  function leave(): void {
    const next = line.shift();
    if (next) {
      next();
    } else {
      free += 1;
    }
  }

  return {
    async bake(milliseconds, signal) {
      await enter();
      try {
        await oven.bake(milliseconds, signal);
      } finally {
        leave();
      }
    },
  };
}

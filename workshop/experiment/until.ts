import { setTimeout as pause } from 'node:timers/promises';

export interface UntilOptions {
  /** Milliseconds after which it is given up. */
  readonly within: number;
  /** Milliseconds between two looks. @default 50 */
  readonly every?: number;
  readonly signal?: AbortSignal;
}

/**
 * Looks again and again until there is something to see, for what gives no event: how a deployed system behaves.
 * Returns undefined when the time is up.
 */
export async function until<Seen>(
  look: () => Promise<Seen | undefined>,
  { within, every = 50, signal }: UntilOptions,
): Promise<Seen | undefined> {
  const deadline = performance.now() + within;
  for (;;) {
    const seen = await look();
    if (seen !== undefined || performance.now() >= deadline) {
      return seen;
    }
    await pause(every, undefined, signal ? { signal } : {});
  }
}

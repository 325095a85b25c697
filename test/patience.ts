import { vi } from 'vitest';

/**
 * What a test waits for may take as long as the test: on a busy machine it does, and nothing is wrong then. `expect.poll` has that from
 * vitest.config.ts; `vi.waitFor` gives up after a second unless it is told.
 */
const { waitFor } = vi;
vi.waitFor = (callback, options = {}) =>
  waitFor(callback, { timeout: 60_000, ...(typeof options === 'number' ? { timeout: options } : options) });

import { totalmem } from 'node:os';

/** The share of the memory below which what is available counts as short. */
const shortShare = 0.1;

/**
 * Whether the machine, or the container that this runs in, has little memory left. macOS counts as free only what holds nothing at
 * all, which is little at any time: there it is never short.
 */
export function isMemoryShort(): boolean {
  if (process.platform === 'darwin') {
    return false;
  }
  const all = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  return process.availableMemory() < all * shortShare;
}

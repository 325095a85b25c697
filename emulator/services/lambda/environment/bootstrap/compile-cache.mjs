import { enableCompileCache, flushCompileCache } from 'node:module';

/**
 * Keeps what V8 made of a function's code, so that the next environment of the same code need not compile it again. Where the
 * directory cannot be read or written, the code is compiled as if there were none ("Module compile cache" in the Node.js
 * documentation). A function that sets NODE_COMPILE_CACHE has its own.
 *
 * @param {string | undefined} directory where it is kept
 * @returns what to call when the code is loaded: an environment is ended without a moment to write at its end
 */
export function useCompileCache(directory) {
  if (directory === undefined) {
    return () => undefined;
  }
  enableCompileCache(directory);
  return flushCompileCache;
}

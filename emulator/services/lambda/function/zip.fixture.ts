import { strToU8, zipSync } from 'fflate';

/** A deployment package of these files; a text alone is its `index.mjs`. */
export function zipOf(files: string | Record<string, string>): Uint8Array {
  const entries = Object.entries(typeof files === 'string' ? { 'index.mjs': files } : files);
  return zipSync(Object.fromEntries(entries.map(([name, text]) => [name, strToU8(text)])));
}

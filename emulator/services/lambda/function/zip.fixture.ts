import { strToU8, zipSync } from 'fflate';

/** A deployment package of these files; a text alone is its `index.mjs`. The same files make the same package at any time. */
export function zipOf(files: string | Record<string, string>): Uint8Array {
  const entries = Object.entries(typeof files === 'string' ? { 'index.mjs': files } : files);
  const bytes = Object.fromEntries(entries.map(([name, text]) => [name, strToU8(text)]));
  return zipSync(bytes, { mtime: new Date('2020-01-01T00:00:00Z') });
}

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Names what is deployed by its content: the same bundles are the same release, wherever they were built. */
export function releaseOf(bundles: readonly string[]): string {
  const hash = createHash('sha256');
  for (const bundle of bundles) {
    hash.update(readFileSync(join(bundle, 'index.mjs')));
  }
  return hash.digest('hex').slice(0, 12);
}

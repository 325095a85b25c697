import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BundleMissing } from './attachable-function.ts';

/**
 * Names what is deployed by its content: the same bundles are the same release, wherever they were built.
 * @throws BundleMissing
 */
export function releaseOf(bundles: readonly string[]): string {
  const hash = createHash('sha256');
  for (const bundle of bundles) {
    const file = join(bundle, 'index.mjs');
    if (!existsSync(file)) {
      throw new BundleMissing(file);
    }
    hash.update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 12);
}

import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { factoryFunctions } from '../../client/factory/factory-functions.ts';
import { atMost, type Figure } from './figure.ts';

/** The size of each function's bundle, as the deploy before it left them in `dist/`. */
export function measureBundles(): Promise<readonly Figure[]> {
  const dist = join(import.meta.dirname, '..', '..', 'dist');
  return Promise.all(
    Object.keys(factoryFunctions).map(async (name) => {
      const { size } = await stat(join(dist, name, 'index.mjs'));
      return atMost(`bundle of ${name}`, size / 1024, 600, 'KB');
    }),
  );
}

import { existsSync } from 'node:fs';

// In the repository these are the sources. A package has what was built of them: below node_modules Node strips no types.
const sources = new URL('./index.ts', import.meta.url);

export const { guardProcess, startEmulator } = await import(existsSync(sources) ? './index.ts' : './dist/index.js');

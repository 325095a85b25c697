import { execFileSync } from 'node:child_process';
import { cpSync, globSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * Builds what is packed: the sources in JavaScript, with their types, in `dist/`. Programs that other processes run are
 * JavaScript already: they are copied to the same places, as are the live view and the bootstrap template.
 */
const here = import.meta.dirname;
const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');

rmSync(join(here, 'dist'), { recursive: true, force: true });
// Each thread more reads the types of the SDK for itself: that takes twice the CPU.
const options = ['--project', join(here, 'tsconfig.build.json'), '--singleThreaded'];
execFileSync(process.execPath, [compiler, ...options], { stdio: 'inherit' });
for (const file of globSync(['services/**/*.{mjs,cjs,py}', 'bootstrap/*', 'live-view/*.{js,css,html,svg}'], {
  cwd: here,
})) {
  cpSync(join(here, file), join(here, 'dist', file));
}

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { servedMarkdown, withServed } from './served.ts';

/** Writes into the README what is served. */
const readme = join(import.meta.dirname, 'README.md');
writeFileSync(readme, withServed(readFileSync(readme, 'utf8'), await servedMarkdown()));

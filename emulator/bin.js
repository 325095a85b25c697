#!/usr/bin/env node
import { existsSync } from 'node:fs';

// As in entry.js: the sources in the repository, and in a package what was built of them.
const sources = new URL('./command.ts', import.meta.url);

await import(existsSync(sources) ? './command.ts' : './dist/command.js');

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const file = join(import.meta.dirname, '..', '..', 'functions', 'runtime', 'runtime.json');

/** The environment of every process, from the one file that the local machine, CI and the image read too. */
export function readProcessEnvironment(): Readonly<Record<string, string>> {
  const { locale, timeZone } = JSON.parse(readFileSync(file, 'utf8')) as { locale: string; timeZone: string };
  return { LANG: locale, TZ: timeZone };
}

import type { RuntimeProfile } from '../../../../functions/runtime/runtime-profile.ts';

/** The environment variables that make a process the same on every machine. */
export function processEnvironmentOf({ locale, timeZone }: RuntimeProfile): Readonly<Record<string, string>> {
  return { LANG: locale, TZ: timeZone };
}

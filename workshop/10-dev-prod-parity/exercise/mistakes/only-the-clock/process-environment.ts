import type { RuntimeProfile } from '../../../../../functions/runtime/runtime-profile.ts';

/** The environment variables that make a process the same on every machine. */
export function processEnvironmentOf({ timeZone }: RuntimeProfile): Readonly<Record<string, string>> {
  return { TZ: timeZone };
}

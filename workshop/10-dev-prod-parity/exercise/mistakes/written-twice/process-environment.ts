import type { RuntimeProfile } from '../../../../../functions/runtime/runtime-profile.ts';

/** The environment variables that make a process the same on every machine. */
export function processEnvironmentOf(_profile: RuntimeProfile): Readonly<Record<string, string>> {
  return { LANG: 'en_US.UTF-8', TZ: 'UTC' };
}

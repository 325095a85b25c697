import type { RuntimeProfile } from '../../../../functions/runtime/runtime-profile.ts';

/**
 * The environment variables that make a process the same on every machine: those by which a process on Linux learns its
 * language and its time zone. The stack gives them to each function (`processEnvironment`), for `runtimeProfile`, which is
 * what is in `runtime.json`.
 */
export function processEnvironmentOf(_profile: RuntimeProfile): Readonly<Record<string, string>> {
  throw new Error('TODO: return the variables');
}

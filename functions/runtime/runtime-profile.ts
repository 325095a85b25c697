import profile from './runtime.json' with { type: 'json' };

/**
 * What every process of the factory runs on, wherever it runs: `runtime.json`, which the stage, the image, CI and a local
 * machine all read.
 */
export interface RuntimeProfile {
  /** The image with the operating system and Node. */
  readonly image: string;
  /** Node's major version. */
  readonly node: string;
  readonly architecture: string;
  /** Lambda's own default, said aloud because a process elsewhere has whatever its machine has. */
  readonly locale: string;
  /** The same: Lambda sets `:UTC`, which is how the C library spells it. */
  readonly timeZone: string;
}

export const runtimeProfile: RuntimeProfile = profile;

/** Variables that would overrule `LANG`. */
const overrulesLocale = /^(LC_|LANGUAGE$)/;

/** An environment with the locale and the time zone of the profile, whatever it had before. */
export function underProfile(
  environment: NodeJS.ProcessEnv,
  { locale, timeZone }: RuntimeProfile = runtimeProfile,
): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([name]) => !overrulesLocale.test(name));
  return { ...Object.fromEntries(kept), LANG: locale, TZ: timeZone };
}

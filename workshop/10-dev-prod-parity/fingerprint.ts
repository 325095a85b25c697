/** What a program can tell of the machine and the settings that it runs under. */
export interface Fingerprint {
  readonly node: string;
  readonly architecture: string;
  readonly locale: string;
  readonly minutesFromUtc: number;
  /** How a number is written. */
  readonly number: string;
}

export const handler = async (): Promise<Fingerprint> => ({
  node: process.versions.node.split('.')[0] ?? '',
  architecture: process.arch,
  locale: Intl.DateTimeFormat().resolvedOptions().locale,
  minutesFromUtc: -new Date().getTimezoneOffset(),
  number: (1234.5).toLocaleString(),
});

/** What two fingerprints differ in. */
export function differences(one: Fingerprint, other: Fingerprint): (keyof Fingerprint)[] {
  const features = Object.keys(one) as (keyof Fingerprint)[];
  return features.filter((feature) => one[feature] !== other[feature]);
}

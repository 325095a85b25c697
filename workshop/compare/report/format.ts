/** Milliseconds for a person: `0.8 ms`, `14 ms`, `1.4 s`. */
export function milliseconds(value: number): string {
  if (value >= 999.5) {
    return `${trimmed(value / 1000, value < 99_500 ? 1 : 0)} s`;
  }
  return `${trimmed(value, value < 9.95 ? 1 : 0)} ms`;
}

/** Bytes for a person, in MB of 2^20 as the system counts them. */
export const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20).toLocaleString('en')} MB`;

/** US dollars for a person, with as many digits as small amounts need. */
export function dollars(value: number): string {
  if (value >= 100) {
    return `$${Math.round(value).toLocaleString('en')}`;
  }
  if (value >= 0.995 || value === 0) {
    return `$${value.toFixed(2)}`;
  }
  return `$${value.toPrecision(2)}`;
}

export const count = (value: number): string => Math.round(value).toLocaleString('en');

export const perSecond = (value: number): string => `${trimmed(value, value < 99.5 ? 1 : 0)}/s`;

/** A number without needless digits: `1.5`, `2`. */
export const trimmed = (value: number, digits: number): string => String(Number(value.toFixed(digits)));

/** Something that looks like a secret, where there should be none. */
export interface Hit {
  /** What gave it away. */
  readonly kind: 'format' | 'assignment' | 'known value';
  /** The secret. */
  readonly value: string;
}

/** The format of the supplier's keys, such as payment providers have one too, so that scanners recognise them. */
export const keyFormat = /\bsk_cookie_\w+/g;

/** A literal that is given to something called a key, a secret, a token or a password. */
const assignment = /[\w-]*(?:key|secret|token|passw(?:or)?d)["'`\\]*\s*[:=]\s*\\*["'`]([^"'`\\\s]{16,})\\*["'`]/gi;

/** What says where something is opens no door: an ARN, a URL, a path, the file of an asset that is named by its content. */
const location = /^(?:arn:|https?:|\/|\$\{|[0-9a-f]{64}\.[a-z]+$)/;

/** Bits for each character. What a generator made up has more of them than a name has, and digits. */
const random = 3.2;

/** Everything in a text that looks like a secret, each value once, and those values that are known to be some. */
export function secretsIn(text: string, known: readonly string[] = []): Hit[] {
  const hits: Hit[] = [
    ...known.filter((value) => text.includes(value)).map((value) => ({ kind: 'known value', value }) as const),
    ...[...text.matchAll(keyFormat)].map(([value]) => ({ kind: 'format', value }) as const),
    ...[...text.matchAll(assignment)]
      .map(([, value = '']) => ({ kind: 'assignment', value }) as const)
      .filter(({ value }) => !location.test(value) && isRandom(value)),
  ];
  return [...new Map(hits.reverse().map((hit) => [hit.value, hit])).values()].reverse();
}

const isRandom = (value: string): boolean => /\d/.test(value) && entropy(value) > random;

/** Shannon's measure of how surprising the characters of a text are, in bits for each. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) {
    counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}

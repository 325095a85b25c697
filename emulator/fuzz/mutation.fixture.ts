import fc from 'fast-check';
import { stray } from './arbitrary.fixture.ts';

/**
 * Inputs that are a good one but for a place or two: there is null, another type, a hostile value, or nothing. Places are also
 * looked for inside of text that is JSON: templates, policies, patterns.
 */
export function mutationsOf(input: unknown): fc.Arbitrary<unknown> {
  const once = (value: unknown) =>
    fc.tuple(fc.constantFrom(...placesOf(value)), fc.oneof(stray, fc.constant(null), fc.constant(undefined)));
  const mutate = (value: unknown): fc.Arbitrary<unknown> =>
    once(value).map(([place, replacement]) => replaced(value, place, replacement));
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant(input) },
    { weight: 8, arbitrary: mutate(input) },
    {
      weight: 2,
      arbitrary: mutate(input).chain((changed) =>
        placesOf(changed).length > 0 ? mutate(changed) : fc.constant(changed),
      ),
    },
  );
}

type Place = readonly string[];

/** Stands in a place for going into text that is JSON. */
const textMember = '(text)';

function placesOf(value: unknown, at: Place = []): Place[] {
  const inside = parsed(value);
  if (inside !== undefined) {
    return [at, ...placesOf(inside, [...at, textMember]).slice(1)];
  }
  const members = isComposite(value) ? Object.entries(value) : [];
  const below = members.flatMap(([name, member]) => placesOf(member, [...at, name]));
  return at.length > 0 ? [at, ...below] : below;
}

function replaced(value: unknown, [name, ...rest]: Place, replacement: unknown): unknown {
  if (name === undefined) {
    return replacement;
  }
  if (name === textMember) {
    return JSON.stringify(replaced(parsed(value), rest, replacement)) ?? '';
  }
  if (Array.isArray(value)) {
    const changed = value.map((element, i) => (String(i) === name ? replaced(element, rest, replacement) : element));
    return changed.filter((element) => element !== undefined);
  }
  const entries = Object.entries(value as object).map(([key, member]) =>
    key === name ? ([key, replaced(member, rest, replacement)] as const) : ([key, member] as const),
  );
  return Object.fromEntries(entries.filter(([, member]) => member !== undefined));
}

const isComposite = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !(value instanceof Uint8Array) && !(value instanceof Date);

function parsed(value: unknown): object | undefined {
  if (typeof value !== 'string' || !/^[{[]/.test(value)) {
    return undefined;
  }
  try {
    return JSON.parse(value) as object;
  } catch {
    return undefined;
  }
}

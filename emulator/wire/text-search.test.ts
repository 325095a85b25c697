import fc from 'fast-check';
import { expect, test } from 'vitest';
import { includesText, indexOfText, splitText } from './text-search.ts';

/** Long enough that the engine's own search is not used, of two letters so that parts nearly match. */
const longLength = 3000;
const letters = (length: number) =>
  fc
    .string({ unit: fc.constantFrom('a', 'b'), maxLength: 4 })
    .map((text) => (text || 'a').repeat(length).slice(0, length));

test('finds what the engine itself finds', () => {
  fc.assert(
    fc.property(
      letters(longLength),
      letters(longLength / 2),
      fc.nat(longLength),
      fc.nat(longLength),
      (text, part, cut, from) => {
        const long = text + part.slice(cut % part.length) + text;
        expect(indexOfText(long, part, from)).toBe(long.indexOf(part, from));
        expect(includesText(long, part)).toBe(long.includes(part));
        expect(splitText(long, part)).toEqual(long.split(part));
      },
    ),
  );
});

test('a part is found at both ends, and not where it is longer than the text', () => {
  const part = 'ab'.repeat(1500);
  const text = `${part}${'b'.repeat(longLength)}${part}`;
  expect(indexOfText(text, part)).toBe(0);
  expect(indexOfText(text, part, 1)).toBe(text.length - part.length);
  expect(indexOfText(part, `${part}a`)).toBe(-1);
  expect(splitText(text, part)).toEqual(['', 'b'.repeat(longLength), '']);
});

test('does not compare again what it has compared', () => {
  const text = 'a'.repeat(400_000);
  const half = 'a'.repeat(100_000);
  // By the engine's own search it takes ten seconds.
  expect(indexOfText(text, `${half}b${half}`)).toBe(-1);
});

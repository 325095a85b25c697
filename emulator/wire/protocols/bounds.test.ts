import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LinearRegex } from '../linear-regex.ts';
import { matchesParts } from '../wildcard.ts';
import { maxNesting, maxValues } from './bounds.ts';
import { assertBoundedCbor } from './cbor-bounds.ts';
import { isBoundedJson } from './json-bounds.ts';
import { isBoundedXml } from './xml-bounds.ts';

const arrays = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
const elements = (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth);

test.each([
  { what: 'as deep as may be', text: arrays(maxNesting), bounded: true },
  { what: 'one level deeper', text: arrays(maxNesting + 1), bounded: false },
  { what: 'brackets in a string', text: JSON.stringify(arrays(1000)), bounded: true },
  { what: 'brackets behind an escaped quote', text: JSON.stringify(`"\\"${arrays(1000)}\\`), bounded: true },
  { what: 'brackets behind a string that ends in a backslash', text: `["\\\\",${arrays(1000)}]`, bounded: false },
  { what: 'many brackets, none deep', text: `[${Array(1000).fill('[]').join()}]`, bounded: true },
  { what: 'objects', text: `${'{"a":'.repeat(200)}1${'}'.repeat(200)}`, bounded: false },
  { what: 'never closed', text: '['.repeat(100_000), bounded: false },
  { what: 'a string that never ends', text: `"${'['.repeat(100_000)}`, bounded: true },
  {
    what: 'as many values as may be',
    text: `[${Array(maxValues - 1)
      .fill(0)
      .join()}]`,
    bounded: true,
  },
  { what: 'one value more', text: `[${Array(maxValues).fill(0).join()}]`, bounded: false },
  { what: 'commas in a string', text: JSON.stringify(','.repeat(2 * maxValues)), bounded: true },
])('JSON: $what', ({ text, bounded }) => {
  expect(isBoundedJson(text)).toBe(bounded);
});

test('JSON: what is bounded is what does not nest too deeply', () => {
  const depthOf = (value: unknown): number =>
    typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat({ max: 4 }), (value, nesting) => {
      expect(isBoundedJson(JSON.stringify(value), { nesting })).toBe(depthOf(value) <= nesting);
    }),
  );
});

const cbor =
  (...bytes: (number | number[])[]) =>
  () =>
    assertBoundedCbor(new Uint8Array(bytes.flat()));
const repeated = (count: number, ...bytes: number[]): number[] => Array(count).fill(bytes).flat();

test.each([
  { what: 'nothing', check: cbor() },
  { what: 'a map of a text and a list', check: cbor(0xa2, 0x61, 0x61, 0x61, 0x62, 0x61, 0x63, 0x82, 1, 2) },
  { what: 'lists as deep as may be', check: cbor(repeated(maxNesting, 0x81), 0) },
  { what: 'many short lists', check: cbor(0x99, 0x10, 0, repeated(4096, 0x81, 0)) },
  { what: 'bytes that look like lists', check: cbor(0x59, 0x10, 0, repeated(4096, 0x81)) },
  { what: 'many lists that a break ends', check: cbor(0x99, 0x10, 0, repeated(4096, 0x9f, 0, 0xff)) },
  { what: 'a text in pieces', check: cbor(0x7f, 0x61, 0x61, 0x61, 0x62, 0xff) },
  { what: 'a float', check: cbor(0xfb, 0x40, 9, 0x21, 0xfb, 0x54, 0x44, 0x2d, 0x18) },
])('CBOR: $what is within bounds', ({ check }) => {
  expect(check).not.toThrow();
});

test.each([
  { what: 'lists one level deeper', check: cbor(repeated(maxNesting + 1, 0x81), 0) },
  { what: 'maps', check: cbor(repeated(100_000, 0xa1, 0x61, 0x61)) },
  { what: 'lists that a break ends', check: cbor(repeated(100_000, 0x9f)) },
  { what: 'tags', check: cbor(repeated(100_000, 0xc1)) },
  { what: 'a list longer than the body', check: cbor(0x9a, 0xff, 0xff, 0xff, 0xff) },
  { what: 'a list longer than there is memory', check: cbor(0x9b, repeated(8, 0xff)) },
  { what: 'a map longer than the body', check: cbor(0xba, 0, 0xff, 0xff, 0xff) },
  { what: 'too many values', check: cbor(0x9f, repeated(maxValues, 0), 0xff) },
])('CBOR: $what are out of bounds', ({ check }) => {
  expect(check).toThrow(/nests deeper than 128 levels/);
});

test.each([
  { what: 'as deep as may be', text: elements(maxNesting), bounded: true },
  { what: 'one level deeper', text: elements(maxNesting + 1), bounded: false },
  { what: 'empty elements side by side', text: `<a>${'<b/>'.repeat(1000)}</a>`, bounded: true },
  { what: 'elements in a comment', text: `<!-- ${'<a>'.repeat(1000)} --><a/>`, bounded: true },
  { what: 'elements behind a comment', text: `<!-- > -->${'<a>'.repeat(1000)}`, bounded: false },
  { what: 'elements in a section of characters', text: `<a><![CDATA[${'<a>'.repeat(1000)}]]></a>`, bounded: true },
  { what: 'a declaration', text: `<?xml version="1.0"?>${elements(2)}`, bounded: true },
  { what: 'many entities', text: `<a>${'&amp;'.repeat(maxValues + 1)}</a>`, bounded: false },
  { what: 'many attributes', text: `<a${' b="c"'.repeat(maxValues + 1)}/>`, bounded: false },
  { what: 'a tag that never ends', text: `<a ${'x'.repeat(1000)}`, bounded: true },
])('XML: $what', ({ text, bounded }) => {
  expect(isBoundedXml(text)).toBe(bounded);
});

test('wildcards match what a regular expression matches', () => {
  const part = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 2 });
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), part, part, part, (parts, a, b, c) => {
      const text = a + b + c;
      expect(matchesParts(text, parts)).toBe(new RegExp(`^${parts.join('.*')}$`).test(text));
    }),
  );
});

test.each([
  { source: '(a+)+$', text: `${'a'.repeat(5000)}b`, matches: false },
  { source: '(a|a)*b', text: 'a'.repeat(5000), matches: false },
  { source: '[a-z][a-z0-9-]{1,61}[a-z0-9]', text: 'factory-12', matches: true },
  { source: '[\\u0020-\\uD7FF\\t]*', text: 'chocolate\tchip é', matches: true },
  { source: 'a\\Z', text: 'a', matches: true },
  { source: '\\\\u0041', text: '\\u0041', matches: true },
  { source: 'a|b', text: 'ab', matches: false },
])('$source matches as it should', ({ source, text, matches }) => {
  expect(new LinearRegex(source).matches(text)).toBe(matches);
});

test.each([
  { source: '(?=a)b', message: /unsupported Perl syntax/ },
  { source: '(a)\\1', message: /invalid escape sequence/ },
  { source: 'a++', message: /invalid nested repetition/ },
  { source: '[a-z&&[^b]]', message: /intersections/ },
  { source: '(', message: /missing closing/ },
  { source: '('.repeat(4000), message: /missing closing \): `\({100}/ },
  { source: '('.repeat(20_000), message: /too large/ },
  { source: `${'('.repeat(2000)}${')'.repeat(2000)}`, message: /nests too deeply/ },
  { source: '(a{1000}){1000}', message: /invalid repeat count/ },
  { source: '[ab]{1000}'.repeat(10), message: /too large/ },
])('an expression is refused: $message', ({ source, message }) => {
  expect(() => new LinearRegex(source)).toThrow(message);
});

test('an expression is not run on a text that is too long for it', () => {
  const regex = new LinearRegex('[ab]*a[ab]{900}c');
  expect(() => regex.isIn('a'.repeat(1_000_000))).toThrow('too complex for a text of 1000000 characters');
});

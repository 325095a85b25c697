import type { NormalizedSchema } from '@smithy/core/schema';
import fc from 'fast-check';
import { membersOf, requiredCount } from '../wire/schema.ts';

/** What is put into an input beside what its schema allows. */
export interface Lexicon {
  /** Texts that mean something to a member of this name: names of what exists, templates, policies. */
  readonly texts: (member: string) => readonly string[];
  /** Numbers for members that would make a request wait; undefined for any. */
  readonly numbers: (member: string) => readonly number[] | undefined;
  readonly bytes: readonly Uint8Array[];
  /** Members that no model requires, and without which their operations do nothing. */
  readonly wanted: ReadonlySet<string>;
}

/** Texts that have broken servers: an input may hold them wherever it holds text, and wherever it should not. */
export const hostileTexts = [
  '',
  ' ',
  '\0',
  'a\0b',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'toString',
  'null',
  'undefined',
  'NaN',
  'true',
  '-1',
  '0',
  '1.5',
  '1e309',
  '99999999999999999999',
  '\ud800',
  'é€😀',
  '%',
  '%zz',
  '%00',
  '%E0%A4%A',
  '%(%',
  'a\r\nx-injected: 1',
  '\n',
  '"',
  "'",
  '<a>&amp;',
  ']]>',
  '{',
  '[',
  '{}',
  '[]',
  '[null]',
  '{"a":null}',
  '{"__proto__":null}',
  '{"Statement":null}',
  '{"Statement":[null]}',
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":null,"Action":[null]}}',
  '*',
  '**',
  '?',
  '(',
  '[a-',
  '\\',
  '.',
  '..',
  '../../etc/passwd',
  '/',
  '//',
  'arn:',
  'arn:aws:::::',
  'arn:aws:iam::000000000000:role/',
  'arn:aws:lambda:eu-west-1:000000000000:function:',
  'arn:aws:sqs:eu-west-1:000000000000:',
  'http://',
  'https://example.com/x',
  'x'.repeat(300),
  'x'.repeat(5_000),
  'a,b',
  'a=b',
  'a:b',
  'a/b',
  '#a',
  ':a',
  '$'.concat('{a}'),
  '$',
  '$.a',
  '{ $.a = 1 }',
  '2026-01-01T00:00:00Z',
  '9999999-01-01T00:00:00Z',
  'Thu, 99 Foo 2026 00:00:00 GMT',
  'bytes=-',
  'bytes=5-1',
  'W/"x"',
];

const hostileNumbers = [
  -1,
  -0,
  1.5,
  1e-7,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 40,
  -(2 ** 40),
  Number.MAX_SAFE_INTEGER,
  Number.MIN_SAFE_INTEGER,
  2 ** 53,
  -(2 ** 53) - 2,
  2 ** 63,
  1e21,
  1e308,
  -1e308,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
];

const hostileTimes = [
  new Date(Number.NaN),
  new Date(8.64e15),
  new Date(-8.64e15),
  1e18,
  -1e18,
  253_402_300_800,
  -62_135_596_801,
  'yesterday',
  '2026-02-31T25:61:61Z',
  '',
];

/** How deep an input goes: a schema may be recursive. */
const maxDepth = 5;

const hostileText = fc.constantFrom(...hostileTexts);

/** A value that has nothing to do with a schema. */
export const stray = fc.oneof(
  hostileText,
  fc.constantFrom<unknown>(...hostileNumbers, 5, true, false, [], {}, [[]], [{}], { a: null }, [null], ['a'], {
    a: 'b',
  }),
);

/**
 * Inputs of a schema: mostly of its shape, with null, other types and hostile values at any place and depth. Bytes are
 * `Uint8Array`, times are `Date`; an encoder writes both as its protocol has them.
 */
export function inputsOf(schema: NormalizedSchema, lexicon: Lexicon): fc.Arbitrary<unknown> {
  if (schema.isUnitSchema()) {
    return fc.constant({});
  }
  return fc.oneof(shaped(schema, '', { lexicon, tameness: 1 }, 0), shaped(schema, '', { lexicon, tameness: 12 }, 0));
}

/** How an input is made: `tameness` says how much rarer what is wrong is. A tame one gets further into a handler. */
interface Making {
  readonly lexicon: Lexicon;
  readonly tameness: number;
}

function placed(schema: NormalizedSchema, member: string, making: Making, depth: number): fc.Arbitrary<unknown> {
  if (depth > maxDepth) {
    return stray;
  }
  return fc.oneof(
    { weight: 40 * making.tameness, arbitrary: shaped(schema, member, making, depth) },
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 2, arbitrary: stray },
  );
}

function shaped(schema: NormalizedSchema, member: string, making: Making, depth: number): fc.Arbitrary<unknown> {
  if (schema.isUnionSchema()) {
    return unionOf(schema, making, depth);
  }
  if (schema.isStructSchema()) {
    return structureOf(schema, making, depth);
  }
  if (schema.isListSchema()) {
    return fc.array(placed(schema.getValueSchema(), member, making, depth + 1), lengthOf(making));
  }
  if (schema.isMapSchema()) {
    const entry = fc.tuple(textOf(`${member}.key`, making), placed(schema.getValueSchema(), member, making, depth + 1));
    return fc.array(entry, lengthOf(making)).map(Object.fromEntries);
  }
  if (schema.isNumericSchema()) {
    return numberOf(member, making);
  }
  if (schema.isBooleanSchema()) {
    return fc.boolean();
  }
  if (schema.isTimestampSchema()) {
    return timeOf(making);
  }
  if (schema.isBlobSchema()) {
    return bytesOf(making);
  }
  return textOf(member, making);
}

const lengthOf = ({ tameness }: Making) => ({ minLength: tameness > 1 ? 1 : 0, maxLength: 3 });

function structureOf(schema: NormalizedSchema, making: Making, depth: number): fc.Arbitrary<unknown> {
  const required = requiredCount(schema);
  const all = membersOf(schema);
  // Of many optional members few are given: most pairs of them exclude each other.
  const rarity = Math.min(all.length - required, 8) * (making.tameness > 1 ? 3 : 1);
  const members = all.map(([name, member], i) => {
    const given = placed(member, name, making, depth + 1).map((value) => [name, value] as const);
    const absent = fc.constant([name, undefined] as const);
    const isWanted = i < required || (making.tameness > 1 && making.lexicon.wanted.has(name));
    const [much, little] = isWanted ? [30, 1] : [2, rarity];
    return fc.oneof({ weight: much, arbitrary: given }, { weight: little, arbitrary: absent });
  });
  return fc.tuple(...members).map((entries) => Object.fromEntries(entries.filter(([, value]) => value !== undefined)));
}

function unionOf(schema: NormalizedSchema, making: Making, depth: number): fc.Arbitrary<unknown> {
  const members = membersOf(schema).map(([name, member]) =>
    placed(member, name, making, depth + 1).map((value) => [name, value] as const),
  );
  const one = fc.oneof(...members).map((member) => [member]);
  // The first member is what most values are: without it no key of a table would ever be right.
  const first = (members[0] ?? fc.constant(['S', ''] as const)).map((member) => [member]);
  const several = fc.array(fc.oneof(...members), { maxLength: 2 });
  return fc
    .oneof({ weight: 12, arbitrary: first }, { weight: 12, arbitrary: one }, { weight: 1, arbitrary: several })
    .map(Object.fromEntries);
}

function textOf(member: string, { lexicon, tameness }: Making): fc.Arbitrary<string> {
  const known = lexicon.texts(member);
  return fc.oneof(
    { weight: known.length > 0 ? 12 * tameness : 0, arbitrary: fc.constantFrom(...(known.length > 0 ? known : [''])) },
    { weight: 3, arbitrary: hostileText },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  );
}

function numberOf(member: string, { lexicon, tameness }: Making): fc.Arbitrary<number> {
  const bounded = lexicon.numbers(member);
  if (bounded) {
    return fc.constantFrom(...bounded);
  }
  return fc.oneof(
    { weight: 3 * tameness, arbitrary: fc.integer({ min: 0, max: 30 }) },
    { weight: 1, arbitrary: fc.constantFrom(60, 128, 345_600) },
    { weight: 1, arbitrary: fc.constantFrom(...hostileNumbers) },
  );
}

const timeOf = ({ tameness }: Making): fc.Arbitrary<unknown> =>
  fc.oneof(
    {
      weight: 3 * tameness,
      arbitrary: fc.date({ min: new Date(0), max: new Date('2030-01-01'), noInvalidDate: true }),
    },
    { weight: 1, arbitrary: fc.constantFrom<unknown>(...hostileTimes) },
  );

const bytesOf = ({ lexicon: { bytes }, tameness }: Making): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 3 * tameness, arbitrary: fc.constantFrom(...bytes) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }) },
    { weight: 1, arbitrary: fc.constantFrom<unknown>(new Uint8Array(), '%%%', 'YQ', '====', 'é') },
  );

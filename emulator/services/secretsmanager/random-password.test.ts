import type { GetRandomPasswordRequest } from '@aws-sdk/client-secrets-manager';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { randomPassword } from './random-password.ts';

const characterKinds = {
  lowercase: /[a-z]/,
  uppercase: /[A-Z]/,
  number: /[0-9]/,
  punctuation: /[!-/:-@[-`{-~]/,
  space: / /,
};

const options = fc.record(
  {
    PasswordLength: fc.integer({ min: 5, max: 200 }),
    ExcludeCharacters: fc.string({ unit: fc.constantFrom(...'abcXYZ019"@/\\ ') }),
    ExcludeLowercase: fc.boolean(),
    ExcludeUppercase: fc.boolean(),
    ExcludeNumbers: fc.boolean(),
    ExcludePunctuation: fc.boolean(),
    IncludeSpace: fc.constant(false),
  },
  { requiredKeys: ['IncludeSpace'] },
) satisfies fc.Arbitrary<GetRandomPasswordRequest>;

test('a password has the length, one of each kind that is included, and nothing that is excluded', () => {
  fc.assert(
    fc.property(options, (wanted) => {
      const kinds: [RegExp, boolean][] = [
        [characterKinds.lowercase, !wanted.ExcludeLowercase],
        [characterKinds.uppercase, !wanted.ExcludeUppercase],
        [characterKinds.number, !wanted.ExcludeNumbers],
        [characterKinds.punctuation, !wanted.ExcludePunctuation],
      ];
      fc.pre(kinds.some(([, included]) => included));
      const password = randomPassword(wanted);
      expect(password).toHaveLength(wanted.PasswordLength ?? 32);
      for (const [kind, included] of kinds) {
        expect(kind.test(password)).toBe(included);
      }
      for (const character of wanted.ExcludeCharacters ?? '') {
        expect(password).not.toContain(character);
      }
    }),
  );
});

test.each<{ options: GetRandomPasswordRequest; matches: RegExp }>([
  { options: {}, matches: /^[!-~]{32}$/ },
  { options: { PasswordLength: 32, ExcludePunctuation: true }, matches: /^[A-Za-z0-9]{32}$/ },
  { options: { PasswordLength: 1, RequireEachIncludedType: false }, matches: /^[!-~]$/ },
  { options: { PasswordLength: 5, IncludeSpace: true }, matches: /^(?=.* )[ -~]{5}$/ },
  {
    options: { PasswordLength: 2, ExcludePunctuation: true, ExcludeUppercase: true },
    matches: /^([a-z][0-9]|[0-9][a-z])$/,
  },
])('a password of $options', ({ options: wanted, matches }) => {
  expect(randomPassword(wanted)).toMatch(matches);
});

test.each<{ options: GetRandomPasswordRequest }>([
  { options: { PasswordLength: 0 } },
  { options: { PasswordLength: 4097 } },
  { options: { PasswordLength: 3 } },
  {
    options: { ExcludeLowercase: true, ExcludeUppercase: true, ExcludeNumbers: true, ExcludePunctuation: true },
  },
])('no password of $options', ({ options: wanted }) => {
  expect(() => randomPassword(wanted)).toThrow(expect.objectContaining({ name: 'InvalidParameterException' }));
});

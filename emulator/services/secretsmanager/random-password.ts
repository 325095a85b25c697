import { randomInt } from 'node:crypto';
import type * as secretsmanager from '@aws-sdk/client-secrets-manager';
import { invalidParameter } from './errors.ts';

const lowercase = 'abcdefghijklmnopqrstuvwxyz';
const uppercase = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const numbers = '0123456789';
const punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

const defaultLength = 32;
const maxLength = 4096;

/**
 * A password as GetRandomPassword makes one: 32 characters of all kinds, at least one of each, but for what is excluded.
 * @throws InvalidParameterException where the length is not in 1 to 4096, or nothing is left to choose from
 */
export function randomPassword(options: secretsmanager.GetRandomPasswordRequest): string {
  const { PasswordLength: length = defaultLength, RequireEachIncludedType: requireEach = true } = options;
  if (!Number.isInteger(length) || length < 1 || length > maxLength) {
    throw invalidParameter(
      `1 validation error detected: Value '${length}' at 'passwordLength' failed to satisfy constraint: Member must have value between 1 and ${maxLength}`,
    );
  }
  const kinds = includedKinds(options);
  const all = kinds.join('');
  if (all === '') {
    throw invalidParameter('All characters of the desired type have been excluded.');
  }
  if (requireEach && length < kinds.length) {
    throw invalidParameter('Password length is too short based on the required types.');
  }
  const required = requireEach ? kinds.map(oneOf) : [];
  const rest = Array.from({ length: length - required.length }, () => oneOf(all));
  return shuffled([...required, ...rest]).join('');
}

/** The characters to choose from, by kind. A kind of which everything is excluded is none. */
function includedKinds(options: secretsmanager.GetRandomPasswordRequest): string[] {
  const { ExcludeCharacters = '' } = options;
  return [
    options.ExcludeLowercase ? '' : lowercase,
    options.ExcludeUppercase ? '' : uppercase,
    options.ExcludeNumbers ? '' : numbers,
    options.ExcludePunctuation ? '' : punctuation,
    options.IncludeSpace ? ' ' : '',
  ]
    .map((kind) => [...kind].filter((character) => !ExcludeCharacters.includes(character)).join(''))
    .filter((kind) => kind !== '');
}

function oneOf(characters: string): string {
  return characters.charAt(randomInt(characters.length));
}

/** Each order is as likely as any other, so that the place of a character does not tell its kind. */
function shuffled(characters: readonly string[]): string[] {
  const left = [...characters];
  return characters.map(() => left.splice(randomInt(left.length), 1).join(''));
}

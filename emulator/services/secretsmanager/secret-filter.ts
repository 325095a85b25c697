import type * as secretsmanager from '@aws-sdk/client-secrets-manager';
import { invalidParameter } from './errors.ts';
import type { Secret } from './secret.ts';

type Words = (secret: Secret) => readonly string[];

const NAME: Words = ({ name }) => [name];
const DESCRIPTION: Words = ({ description = '' }) => [description];
const TAG_KEY: Words = ({ tags }) => [...tags.keys()];
const TAG_VALUE: Words = ({ tags }) => [...tags.values()];

/** What a filter looks at, by its key, and whether upper and lower case are one. */
const KEYS: Readonly<Record<secretsmanager.FilterNameStringType, { words: Words; ignoreCase: boolean } | undefined>> = {
  name: { words: NAME, ignoreCase: false },
  description: { words: DESCRIPTION, ignoreCase: true },
  'tag-key': { words: TAG_KEY, ignoreCase: false },
  'tag-value': { words: TAG_VALUE, ignoreCase: false },
  'primary-region': { words: () => [], ignoreCase: false },
  'owning-service': { words: () => [], ignoreCase: false },
  all: {
    words: (secret) => [NAME, DESCRIPTION, TAG_KEY, TAG_VALUE].flatMap((words) => words(secret)),
    ignoreCase: true,
  },
};

/**
 * Whether a secret is one that ListSecrets is asked for. A value matches what begins with it; with `!` before it, what
 * does not. All of several filters must match, and one of a filter's values.
 */
export function secretFilter({ Key, Values = [] }: secretsmanager.Filter): (secret: Secret) => boolean {
  const key = Key && Object.hasOwn(KEYS, Key) ? KEYS[Key] : undefined;
  if (!key) throw invalidParameter(`The filter key ${Key} is not valid.`);
  const fold = (text: string) => (key.ignoreCase ? text.toLowerCase() : text);
  return (secret) => {
    const words = key.words(secret).map(fold);
    return Values.some((value) => {
      const prefix = fold(value.replace(/^!/, ''));
      return words.some((word) => word.startsWith(prefix)) !== value.startsWith('!');
    });
  };
}

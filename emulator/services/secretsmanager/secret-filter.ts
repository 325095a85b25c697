import type * as secretsmanager from '@aws-sdk/client-secrets-manager';
import { invalidParameter } from './errors.ts';
import type { Secret } from './secret.ts';

type Words = (secret: Secret) => readonly string[];

const nameOf: Words = ({ name }) => [name];
const descriptionOf: Words = ({ description = '' }) => [description];
const tagKey: Words = ({ tags }) => [...tags.keys()];
const tagValue: Words = ({ tags }) => [...tags.values()];

/** What a filter looks at, by its key, and whether upper and lower case are one. */
const keys: Readonly<Record<secretsmanager.FilterNameStringType, { words: Words; ignoreCase: boolean } | undefined>> = {
  name: { words: nameOf, ignoreCase: false },
  description: { words: descriptionOf, ignoreCase: true },
  'tag-key': { words: tagKey, ignoreCase: false },
  'tag-value': { words: tagValue, ignoreCase: false },
  'primary-region': { words: () => [], ignoreCase: false },
  'owning-service': { words: () => [], ignoreCase: false },
  all: {
    words: (secret) => [nameOf, descriptionOf, tagKey, tagValue].flatMap((words) => words(secret)),
    ignoreCase: true,
  },
};

/**
 * Whether a secret is one that ListSecrets is asked for. A value matches what begins with it; with `!` before it, what
 * does not. All of several filters must match, and one of a filter's values.
 */
export function secretFilter({ Key, Values = [] }: secretsmanager.Filter): (secret: Secret) => boolean {
  const key = Key && Object.hasOwn(keys, Key) ? keys[Key] : undefined;
  if (!key) {
    throw invalidParameter(`The filter key ${Key} is not valid.`);
  }
  const fold = (text: string) => (key.ignoreCase ? text.toLowerCase() : text);
  return (secret) => {
    const words = key.words(secret).map(fold);
    return Values.some((value) => {
      const prefix = fold(value.replace(/^!/, ''));
      return words.some((word) => word.startsWith(prefix)) !== value.startsWith('!');
    });
  };
}

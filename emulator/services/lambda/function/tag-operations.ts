import type * as lambda from '@aws-sdk/client-lambda';
import type { Handlers } from '../../../wire/operation.ts';
import { notFound } from '../errors.ts';
import { parseFunctionName } from './function-name.ts';
import type { Functions } from './functions.ts';

/** Anything that has tags of its own. */
interface Tagged {
  tags: Readonly<Record<string, string>>;
}

/** Tags of functions and of event source mappings, by ARN. */
export function tagOperations(functions: Functions, mappings: { get(uuid: string): Tagged }) {
  const taggedBy = (resource: string | undefined): Tagged => {
    const [, uuid] = /:event-source-mapping:([\w-]+)$/.exec(resource ?? '') ?? [];
    if (uuid) {
      return mappings.get(uuid);
    }
    if (!resource?.startsWith('arn:')) {
      throw notFound(`Resource not found: ${resource}`);
    }
    return functions.get(parseFunctionName(resource));
  };
  return {
    TagResource: ({ Resource, Tags }) => {
      const tagged = taggedBy(Resource);
      tagged.tags = { ...tagged.tags, ...Tags };
      return {};
    },
    UntagResource: ({ Resource, TagKeys }) => {
      const tagged = taggedBy(Resource);
      tagged.tags = Object.fromEntries(Object.entries(tagged.tags).filter(([key]) => !TagKeys?.includes(key)));
      return {};
    },
    ListTags: ({ Resource }) => ({ Tags: { ...taggedBy(Resource).tags } }),
  } satisfies Handlers<typeof lambda>;
}

import type * as secretsmanager from '@aws-sdk/client-secrets-manager';
import type { Handlers } from '../../wire/operation.ts';
import { maxTags, type Tags, tagEntries, withoutTags, withTags } from '../../wire/tags.ts';
import { invalidParameter, invalidRequest } from './errors.ts';
import type { Secret } from './secret.ts';
import type { Secrets } from './secrets.ts';

/** The operations on the tags of secrets. */
export function tagOperations(secrets: Secrets) {
  return {
    TagResource: ({ SecretId = '', Tags = [] }) => {
      const secret = secrets.getUsable(SecretId);
      secret.tags = taggedWith(secret, Tags);
      return {};
    },

    UntagResource: ({ SecretId = '', TagKeys }) => {
      const secret = secrets.getUsable(SecretId);
      secret.tags = withoutTags(secret.tags, TagKeys);
      return {};
    },
  } satisfies Handlers<typeof secretsmanager>;
}

/** Tags of a secret with some added. @throws InvalidParameterException, InvalidRequestException */
export function taggedWith({ tags }: Secret, added: readonly secretsmanager.Tag[]): Tags {
  const tooMany = () => invalidParameter(`A secret can have at most ${maxTags} tags.`);
  const merged = withTags(tags, tagEntries(added), tooMany);
  if (added.some(({ Key = '' }) => Key.startsWith('aws:') && !Key.startsWith('aws:cloudformation:'))) {
    throw invalidRequest('Tag keys that begin with aws: are reserved.');
  }
  return merged;
}

import * as logs from '@aws-sdk/client-cloudwatch-logs';
import type { Handlers } from '../../wire/operation.ts';
import type { LogGroup } from './log-group.ts';
import type { LogGroups } from './log-groups.ts';

const maxTags = 50;

/** The operations on the tags of log groups: by ARN, and the older ones by name. */
export function tagOperations(groups: LogGroups) {
  return {
    TagResource: ({ resourceArn = '', tags }) => {
      tag(groups.byArn(resourceArn), tags);
      return {};
    },
    UntagResource: ({ resourceArn = '', tagKeys }) => {
      untag(groups.byArn(resourceArn), tagKeys);
      return {};
    },
    ListTagsForResource: ({ resourceArn = '' }) => ({ tags: Object.fromEntries(groups.byArn(resourceArn).tags) }),
    TagLogGroup: ({ logGroupName, tags }) => {
      tag(groups.get(logGroupName), tags);
      return {};
    },
    UntagLogGroup: ({ logGroupName, tags }) => {
      untag(groups.get(logGroupName), tags);
      return {};
    },
    ListTagsLogGroup: ({ logGroupName }) => ({ tags: Object.fromEntries(groups.get(logGroupName).tags) }),
  } satisfies Handlers<typeof logs>;
}

function tag({ tags }: LogGroup, added: Readonly<Record<string, string>> = {}): void {
  if (new Set([...tags.keys(), ...Object.keys(added)]).size > maxTags) {
    const message = `A resource can have no more than ${maxTags} tags.`;
    throw new logs.TooManyTagsException({ message, $metadata: {} });
  }
  for (const [key, value] of Object.entries(added)) {
    tags.set(key, value);
  }
}

function untag({ tags }: LogGroup, keys: readonly string[] = []): void {
  for (const key of keys) {
    tags.delete(key);
  }
}

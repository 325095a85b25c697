import * as logs from '@aws-sdk/client-cloudwatch-logs';
import type { Handlers } from '../../wire/operation.ts';
import { maxTags, withoutTags, withTags } from '../../wire/tags.ts';
import type { LogGroup } from './log-group.ts';
import type { LogGroups } from './log-groups.ts';

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

function tag(group: LogGroup, added: Readonly<Record<string, string>> = {}): void {
  const message = `A resource can have no more than ${maxTags} tags.`;
  const tooMany = () => new logs.TooManyTagsException({ message, $metadata: {} });
  group.tags = withTags(group.tags, Object.entries(added), tooMany);
}

function untag(group: LogGroup, keys: readonly string[] | undefined): void {
  group.tags = withoutTags(group.tags, keys);
}

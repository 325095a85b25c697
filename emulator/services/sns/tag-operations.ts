import * as sns from '@aws-sdk/client-sns';
import type { Handlers } from '../../wire/operation.ts';
import { listTags, type Tag, tagEntries, withoutTags, withTags } from '../../wire/tags.ts';
import type { Topic } from './topic.ts';
import type { Topics } from './topics.ts';

/** The operations on the tags of topics. */
export const tagOperations = (topics: Topics) =>
  ({
    TagResource: ({ ResourceArn, Tags = [] }) => {
      addTags(topics.get(ResourceArn), Tags);
      return {};
    },
    UntagResource: ({ ResourceArn, TagKeys }) => {
      const topic = topics.get(ResourceArn);
      topic.tags = withoutTags(topic.tags, TagKeys);
      return {};
    },
    ListTagsForResource: ({ ResourceArn }) => ({ Tags: listTags(topics.get(ResourceArn).tags) }),
  }) satisfies Handlers<typeof sns>;

export function addTags(topic: Topic, tags: readonly Tag[]): void {
  const tooMany = () =>
    new sns.TagLimitExceededException({
      message: 'Could not complete request: tag quota of per resource exceeded',
      $metadata: {},
    });
  topic.tags = withTags(topic.tags, tagEntries(tags), tooMany);
}

import type * as sqs from '@aws-sdk/client-sqs';
import type { Handlers } from '../../wire/operation.ts';
import { withoutTags, withTags } from '../../wire/tags.ts';
import { invalidParameter, invalidValue } from './errors.ts';
import type { Queue } from './queue/queue.ts';
import type { Queues } from './queue/queues.ts';

/** The operations on the tags of queues. */
export function tagOperations(queues: Queues) {
  return {
    TagQueue: ({ QueueUrl, Tags = {} }) => {
      addTags(queues.byUrl(QueueUrl), Tags);
      return {};
    },

    UntagQueue: ({ QueueUrl, TagKeys }) => {
      const queue = queues.byUrl(QueueUrl);
      queue.tags = withoutTags(queue.tags, TagKeys);
      return {};
    },

    ListQueueTags: ({ QueueUrl }) => {
      const { tags } = queues.byUrl(QueueUrl);
      return tags.size > 0 ? { Tags: Object.fromEntries(tags) } : {};
    },
  } satisfies Handlers<typeof sqs>;
}

/** Source: Amazon SQS Developer Guide, "Amazon SQS cost allocation tags". */
export function addTags(queue: Queue, tags: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(tags)) {
    if (key.length < 1 || key.length > 128) {
      throw invalidParameter('Tag keys must be between 1 and 128 characters.');
    }
    if (value.length > 256) {
      throw invalidValue('Tags', value, 'Tag values must be between 0 and 256 characters.');
    }
  }
  const tooMany = () => invalidParameter(`Too many tags added for queue ${queue.name}.`);
  queue.tags = withTags(queue.tags, Object.entries(tags), tooMany);
}

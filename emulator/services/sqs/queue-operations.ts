import * as sqs from '@aws-sdk/client-sqs';
import type { Handlers } from '../../wire/operation.ts';
import { unknownAttribute } from './errors.ts';
import { pageOf } from './paging.ts';
import { changeSettings, normalized } from './queue/attributes.ts';
import type { Queue } from './queue/queue.ts';
import type { Queues } from './queue/queues.ts';
import { addTags } from './tag-operations.ts';

/** Shortest time between two purges of a queue, in milliseconds. */
const purgeIntervalMs = 60_000;
const attributeNames: ReadonlySet<string> = new Set(Object.values(sqs.QueueAttributeName));

/** Creating, describing and deleting queues. */
export function queueOperations(queues: Queues) {
  return {
    CreateQueue: ({ QueueName, Attributes = {}, tags = {} }) => {
      const { queue, created } = queues.create(QueueName, Attributes);
      if (created) {
        addTags(queue, tags);
      }
      return { QueueUrl: queue.url };
    },

    GetQueueUrl: ({ QueueName, QueueOwnerAWSAccountId }) => ({
      QueueUrl: queues.byName(QueueName, QueueOwnerAWSAccountId).url,
    }),

    ListQueues: ({ QueueNamePrefix = '', ...page }) => {
      const found = queues.list().filter(({ name }) => name.startsWith(QueueNamePrefix));
      const { items, ...next } = pageOf(found, page);
      return { ...(items.length > 0 && { QueueUrls: items.map(({ url }) => url) }), ...next };
    },

    DeleteQueue: ({ QueueUrl }) => {
      queues.delete(queues.byUrl(QueueUrl));
      return {};
    },

    GetQueueAttributes: ({ QueueUrl, AttributeNames = [] }) => {
      const all = describeQueue(queues.byUrl(QueueUrl));
      for (const name of AttributeNames) {
        if (!attributeNames.has(name)) {
          throw unknownAttribute(name);
        }
      }
      const wanted = new Set<string>(AttributeNames);
      const entries = Object.entries(all).filter(([name]) => wanted.has('All') || wanted.has(name));
      return entries.length > 0 ? { Attributes: Object.fromEntries(entries) } : {};
    },

    SetQueueAttributes: ({ QueueUrl, Attributes = {} }) => {
      const queue = queues.byUrl(QueueUrl);
      const settings = changeSettings(queue.settings, normalized(Attributes));
      if (Attributes.RedrivePolicy) {
        queues.checkRedrive(queue, settings);
      }
      queue.configure(settings);
      return {};
    },

    PurgeQueue: ({ QueueUrl }) => {
      const queue = queues.byUrl(QueueUrl);
      if (Date.now() - queue.purgedAt < purgeIntervalMs) {
        const message = `Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`;
        throw new sqs.PurgeQueueInProgress({ message, $metadata: {} });
      }
      queue.purge();
      return {};
    },

    ListDeadLetterSourceQueues: ({ QueueUrl, ...page }) => {
      const { items, ...next } = pageOf(queues.sourcesOf(queues.byUrl(QueueUrl)), page);
      return { queueUrls: items.map(({ url }) => url), ...next };
    },
  } satisfies Handlers<typeof sqs>;
}

function describeQueue(queue: Queue): Record<string, string> {
  const { visible, inFlight, delayed } = queue.counts;
  return {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    CreatedTimestamp: seconds(queue.createdAt),
    LastModifiedTimestamp: seconds(queue.modifiedAt),
    ...queue.settings.attributes,
  };
}

const seconds = (milliseconds: number): string => String(Math.floor(milliseconds / 1000));

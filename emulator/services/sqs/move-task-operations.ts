import * as sqs from '@aws-sdk/client-sqs';
import type { Handlers } from '../../wire/operation.ts';
import { invalidParameter, invalidValue, missingParameter, resourceNotFound } from './errors.ts';
import { MoveTask, parseTaskHandle } from './move-task.ts';
import type { Queue } from './queue/queue.ts';
import type { Queues } from './queue/queues.ts';

const maxPerSecond = 500;
/** Tasks that ListMessageMoveTasks can answer, and so as many as are remembered of a queue. */
const maxResults = 10;

/** Moving messages out of dead-letter queues. */
export function moveTaskOperations(queues: Queues) {
  /** By source queue, the newest first. */
  const tasks = new Map<Queue, MoveTask[]>();

  const operations = {
    StartMessageMoveTask: ({ SourceArn, DestinationArn, MaxNumberOfMessagesPerSecond: perSecond }) => {
      const source = queueOf(queues, 'SourceArn', SourceArn);
      const destination = DestinationArn === undefined ? undefined : queueOf(queues, 'DestinationArn', DestinationArn);
      if (queues.sourcesOf(source).length === 0) {
        throw invalidParameter('Source queue must be configured as a Dead Letter Queue.');
      }
      if (destination && destination.settings.fifo !== source.settings.fifo) {
        throw invalidParameter('Source and destination queue must be of the same type.');
      }
      if (perSecond !== undefined && !(perSecond >= 1 && perSecond <= maxPerSecond)) {
        throw invalidValue(
          'MaxNumberOfMessagesPerSecond',
          perSecond,
          `Must be between 1 and ${maxPerSecond}, if provided.`,
        );
      }
      const known = tasks.get(source) ?? [];
      if (known.some(({ status }) => status === 'RUNNING')) {
        throw invalidParameter(
          'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
        );
      }
      const task = new MoveTask({ source, destinationArn: DestinationArn, perSecond }, queues);
      tasks.set(source, [task, ...known].slice(0, maxResults));
      task.start();
      return { TaskHandle: task.handle };
    },

    ListMessageMoveTasks: ({ SourceArn, MaxResults = 1 }) => {
      const source = queueOf(queues, 'SourceArn', SourceArn);
      if (!(MaxResults >= 1 && MaxResults <= maxResults)) {
        throw invalidValue('MaxResults', MaxResults, `Must be between 1 and ${maxResults}, if provided.`);
      }
      const latest = tasks.get(source)?.slice(0, MaxResults) ?? [];
      return { Results: latest.map((task) => task.describe()) };
    },

    CancelMessageMoveTask: ({ TaskHandle }) => {
      if (!TaskHandle) {
        throw missingParameter('TaskHandle');
      }
      const handle = parseTaskHandle(TaskHandle);
      if (!handle) {
        throw invalidParameter('Value for parameter TaskHandle is invalid.');
      }
      const source = queueOf(queues, 'SourceArn', handle.sourceArn);
      const task = tasks.get(source)?.find(({ id }) => id === handle.taskId);
      if (!task) {
        throw resourceNotFound('Task does not exist.');
      }
      if (task.status !== 'RUNNING') {
        throw new sqs.UnsupportedOperation({ message: 'Only a running task can be cancelled.', $metadata: {} });
      }
      task.cancel();
      return { ApproximateNumberOfMessagesMoved: task.moved };
    },
  } satisfies Handlers<typeof sqs>;

  return {
    operations,
    close: () => {
      for (const task of [...tasks.values()].flat()) {
        task.cancel();
      }
    },
  };
}

function queueOf(queues: Queues, parameter: string, arn: string | undefined): Queue {
  const queue = queues.byArn(arn);
  if (!queue) {
    throw resourceNotFound(`The resource that you specified for the ${parameter} parameter doesn't exist.`);
  }
  return queue;
}

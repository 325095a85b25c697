import * as sqs from '@aws-sdk/client-sqs';
import { tellOfFault } from '../../wire/activity/activity.ts';
import type { QueueState } from '../../wire/activity/event.ts';
import type { Handlers, Region } from '../../wire/operation.ts';
import { service, serviceModel } from '../../wire/service.ts';
import { messageOperations } from './message-operations.ts';
import { moveTaskOperations } from './move-task-operations.ts';
import { permissionOperations } from './permission-operations.ts';
import { Queues } from './queue/queues.ts';
import { queueOperations } from './queue-operations.ts';
import { tagOperations } from './tag-operations.ts';

const model = serviceModel('sqs', sqs, {
  queryCompatible: true,
  pathMember: 'QueueUrl',
  xmlNamespace: 'http://queue.amazonaws.com/doc/2012-11-05/',
});

/**
 * SQS: standard and FIFO queues with their timing, limits and errors. A queue is addressed by the path of its URL, whatever the host.
 * Less than AWS: attributes hold at once (AWS takes up to a minute), each message is delivered once unless its visibility timeout ends, and policies and encryption are kept but change nothing.
 */
export function createSqs(region: Region) {
  const queues = new Queues(region);
  const moveTasks = moveTaskOperations(queues);
  const operations = {
    ...queueOperations(queues),
    ...messageOperations(queues),
    ...permissionOperations(queues),
    ...tagOperations(queues),
    ...moveTasks.operations,
  } satisfies Handlers<typeof sqs>;
  return {
    service: service<typeof sqs>(model, operations),
    operations,
    /**
     * Has a number of the next messages of a queue handed out twice, and no others: 0 takes back what has not come
     * to pass. Answers the kind of the queue, as a FIFO queue is let be; undefined where no queue has this URL.
     */
    deliverTwice: (queueUrl: string, times: number): 'standard' | 'fifo' | undefined => {
      const queue = queues.findByUrl(queueUrl);
      if (queue?.settings.fifo) {
        return 'fifo';
      }
      if (queue) {
        tellOfFault(region.activity, { kind: 'deliver-twice', queueUrl, times }, queue.deliverTwice);
        queue.deliverTwice = times;
      }
      return queue && 'standard';
    },
    /** The queues that have yet to hand messages out twice, and how many. */
    toDeliverTwice: (): { readonly queueUrl: string; readonly times: number }[] =>
      queues.list().flatMap(({ url: queueUrl, deliverTwice: times }) => (times > 0 ? [{ queueUrl, times }] : [])),
    /** What there is now. */
    states: (): QueueState[] =>
      queues.list().map(({ name, counts, settings: { redrivePolicy } }) => ({
        name,
        counts: { ...counts },
        ...(redrivePolicy && { deadLetterQueue: redrivePolicy.deadLetterTargetArn.split(':').at(-1) }),
      })),
    /** Ends all long polls and stops all timers. */
    close: () => {
      moveTasks.close();
      queues.close();
    },
  };
}

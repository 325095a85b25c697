import {
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  type SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { bakeWork } from '../../functions/domain/contract.ts';
import { until } from '../experiment/until.ts';
import { BakeWatch } from './bake-watch.ts';
import { poison } from './hand-over.ts';
import type { Factory } from './hurry.ts';
import { handIn, idOf, orderOf } from './kitchen-tickets.ts';

/** Good orders in the batch: as many as fit into one beside the message that nobody can read. */
export const batchMates = bakeWork.batchSize - 1;
/** The message is put aside after two tries of a second. Only a machine that hardly moves needs longer than this. */
const watchedMs = 60_000;
/** As many messages as SQS hands out at once. */
const atOnce = 10;

/** Puts a batch on the queue with a message in it that nobody can read, and returns what watches the good orders. */
export async function spoilBatch({ snapshot, sqs, documents }: Factory): Promise<BakeWatch> {
  const { BakeQueueUrl = '', OrderTable = '', OrderingUrl = '' } = snapshot.outputs();
  const mates = Array.from({ length: batchMates }, () => orderOf(1));
  await handIn({ documents, sqs }, { table: OrderTable, queue: BakeQueueUrl }, mates, [poison.body]);
  return new BakeWatch(OrderingUrl, mates.map(idOf), snapshot.signal);
}

/**
 * Whether the message that nobody can read was put aside: it is in the dead-letter queue. It was not where there is no such
 * queue, and where it is on no queue any more. Undefined where neither could be seen in time.
 */
export async function isPutAside({ snapshot, sqs }: Factory): Promise<boolean | undefined> {
  const { BakeQueueUrl = '', BakeDeadLetterQueueUrl: deadLetters } = snapshot.outputs();
  const { RedrivePolicy } = await attributesOf(sqs, BakeQueueUrl);
  if (deadLetters === undefined || RedrivePolicy === undefined) {
    return false;
  }
  const look = async () => {
    const isGone = (await leftOn(sqs, BakeQueueUrl)) === 0;
    const isThere = (await bodiesIn(sqs, deadLetters)).includes(poison.body);
    return isThere || isGone ? isThere : undefined;
  };
  return await until(look, { within: watchedMs, every: 100, signal: snapshot.signal });
}

/** Whether all that was put aside comes back; in words where nothing was. */
export async function redrive({ snapshot, sqs }: Factory): Promise<boolean | string> {
  const { BakeDeadLetterQueueUrl } = snapshot.outputs();
  if (BakeDeadLetterQueueUrl === undefined || (await depthOf(sqs, BakeDeadLetterQueueUrl)) === 0) {
    return 'there are none';
  }
  const { QueueArn } = await attributesOf(sqs, BakeDeadLetterQueueUrl);
  await sqs.send(new StartMessageMoveTaskCommand({ SourceArn: QueueArn }));
  const isEmpty = async () => ((await depthOf(sqs, BakeDeadLetterQueueUrl)) === 0 ? true : undefined);
  return (await until(isEmpty, { within: watchedMs, signal: snapshot.signal })) === true;
}

/** How many messages of a queue can be handed out; none where there is no queue. */
export async function depthOf(sqs: SQSClient, queueUrl: string | undefined): Promise<number> {
  return queueUrl === undefined ? 0 : Number((await attributesOf(sqs, queueUrl)).ApproximateNumberOfMessages ?? 0);
}

/** How many messages a queue has, also those that were handed out and are neither done with nor back. */
async function leftOn(sqs: SQSClient, queueUrl: string): Promise<number> {
  const { ApproximateNumberOfMessages: waiting, ApproximateNumberOfMessagesNotVisible: hidden } = await attributesOf(
    sqs,
    queueUrl,
  );
  return Number(waiting ?? 0) + Number(hidden ?? 0);
}

/** What is on a queue, which stays there. */
async function bodiesIn(sqs: SQSClient, QueueUrl: string): Promise<(string | undefined)[]> {
  const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: atOnce, VisibilityTimeout: 0 });
  const { Messages = [] } = await sqs.send(command);
  return Messages.map(({ Body }) => Body);
}

async function attributesOf(sqs: SQSClient, QueueUrl: string) {
  const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
  return Attributes;
}

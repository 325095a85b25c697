import { GetQueueAttributesCommand, type SQSClient, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import { bakeWork, orderLimits } from '../../functions/domain/contract.ts';
import { until } from '../experiment/until.ts';
import { BakeWatch } from './bake-watch.ts';
import { poison } from './hand-over.ts';
import type { Factory } from './hurry.ts';
import { handIn, idOf, orderOf } from './kitchen-tickets.ts';

/** As many as fit into a batch beside the one that spoils it. */
const batchMates = bakeWork.batchSize - 1;
/** Good orders that are in a batch with a bad message. */
export const spoiledOrders = 2 * batchMates;
/** Messages that cannot be handled: one that takes longer than the function has, and one that cannot be read. */
const badMessages = 2;
const firstBakedWithin = 10_000;
/** Both bad messages are put aside after two tries of 2 s, where they are; this is long enough for four. */
const watchedMs = 7_000;

/** Two batches on the queue, each with a message in it that spoils it, and the good orders beside them. */
export interface SpoiledBatches {
  readonly besideSlow: BakeWatch;
  readonly besidePoison: BakeWatch;
}

/** Puts the batches on the queue: one with the largest order there is, and one with a message that nobody can read. */
export async function spoilBatches({ snapshot, sqs, documents }: Factory): Promise<SpoiledBatches> {
  const { BakeQueueUrl = '', OrderTable = '', OrderingUrl = '' } = snapshot.outputs();
  const { signal } = snapshot;
  const places = { table: OrderTable, queue: BakeQueueUrl };
  const [quick, mates] = [1, 2].map(() => Array.from({ length: batchMates }, () => orderOf(1)));
  await handIn({ documents, sqs }, places, [...(quick ?? []), orderOf(orderLimits.quantity, orderLimits.items)]);
  const besideSlow = new BakeWatch(OrderingUrl, (quick ?? []).map(idOf), signal);
  // Once the first batch is in a worker's hands, the second cannot become part of it.
  await besideSlow.untilBaked(1, firstBakedWithin);
  await handIn({ documents, sqs }, places, mates ?? [], [poison.body]);
  return { besideSlow, besidePoison: new BakeWatch(OrderingUrl, (mates ?? []).map(idOf), signal) };
}

/** Watches the batches until both bad messages are put aside, or have had the time for it. */
export async function watchBatches({ snapshot, sqs }: Factory, { besideSlow, besidePoison }: SpoiledBatches) {
  const { BakeDeadLetterQueueUrl: deadLetters } = snapshot.outputs();
  const look = async () => {
    await Promise.all([besideSlow.look(), besidePoison.look()]);
    return (await depthOf(sqs, deadLetters)) >= badMessages ? true : undefined;
  };
  const isPutAside = (await until(look, { within: watchedMs, every: 100, signal: snapshot.signal })) === true;
  return {
    timedOut: besideSlow.again,
    poisoned: besidePoison.again,
    deadLetter: isPutAside,
    matesBaked: besideSlow.baked + besidePoison.baked,
    redriven: deadLetters && isPutAside ? await redrive(sqs, deadLetters) : 'there are none',
  };
}

/** How many messages of a queue can be handed out; none where there is no queue. */
export async function depthOf(sqs: SQSClient, QueueUrl: string | undefined): Promise<number> {
  if (QueueUrl === undefined) {
    return 0;
  }
  const AttributeNames = ['ApproximateNumberOfMessages' as const];
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
  return Number(Attributes?.['ApproximateNumberOfMessages'] ?? 0);
}

async function redrive(sqs: SQSClient, QueueUrl: string): Promise<boolean> {
  const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] });
  const { Attributes } = await sqs.send(command);
  await sqs.send(new StartMessageMoveTaskCommand({ SourceArn: Attributes?.['QueueArn'] }));
  const isEmpty = async () => ((await depthOf(sqs, QueueUrl)) === 0 ? true : undefined);
  return (await until(isEmpty, { within: 2_000 })) === true;
}

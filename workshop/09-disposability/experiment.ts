import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import {
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  PurgeQueueInProgress,
  SetQueueAttributesCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { fetchFrom } from '../../client/endpoint/http-request.ts';
import { deployedEnvironment } from '../../client/factory/function-environment.ts';
import { accepted, placeOrders, readOrder } from '../../client/factory/order-client.ts';
import { bakeWork, orderLimits } from '../../functions/domain/contract.ts';
import { deployOtherwise } from '../experiment/deploy-otherwise.ts';
import { experiment } from '../experiment/experiment.ts';
import { faultsAt } from '../experiment/fault-port.ts';
import { exactly, yes } from '../experiment/requirement.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';
import { until } from '../experiment/until.ts';
import { BakeWatch } from './bake-watch.ts';
import { bytesLeftOnDisk, dumpedBytes } from './dumps.ts';
import { handIn, orderOf, store } from './kitchen-tickets.ts';

const usualCount = 10;
const forgottenCount = 3;
/** As many as fit into a batch beside the one that spoils it. */
const batchMates = bakeWork.batchSize - 1;
/** Bakes on the local machine, of which a dump would be left. */
const localBakes = 4;
/** Seconds that a function may take, and that a message is hidden: short, so that a lesson does not take minutes. */
const short = 2;
/** How often a message is handed out before it is put aside, where it is: few times, for the same reason. */
const fewTries = 3;
const ovenMs = 40;
const usualOvenMs = 20;
/** A message comes back once its time is up; this is long enough to see it come back, and go to the dead letters. */
const watchedMs = 7_000;
const bakedWithin = 3_500;
/** Tries of the SDK for one call. */
const tries = 3;

/** Factor 9: what is left, lost or done twice when processes end in the middle of their work. */
export const proof = experiment({
  question: 'Can a process die at any time without a customer noticing?',
  headline: 'Orders stored, never queued and never baked: {forgotten.before} before, {forgotten.after} now.',
  observables: {
    dumped: { kind: 'gate', title: 'bytes left in temporary directories while the functions run', must: exactly(0) },
    onDisk: { kind: 'gate', title: 'bytes left on a disk when the process is gone', must: exactly(0) },
    timedOut: { kind: 'gate', timed: true, title: 'recorded twice when a batch-mate times out', must: exactly(0) },
    forgotten: { kind: 'gate', timed: true, title: 'stored, never queued, and never baked', must: exactly(0) },
    poisoned: { kind: 'gate', timed: true, title: 'recorded twice beside a poisoned message', must: exactly(0) },
    deadLetter: { kind: 'gate', timed: true, title: 'the poison message ends up in the dead-letter queue', must: yes },
    answered: { kind: 'guard', title: 'orders answered 202', must: exactly(usualCount + forgottenCount) },
    baked: { kind: 'guard', timed: true, title: 'other good orders baked', must: exactly(usualCount + 2 * batchMates) },
    broken: { kind: 'guard', title: 'orders whose call to the queue was made to fail', must: exactly(forgottenCount) },
    redriven: { kind: 'shown', timed: true, title: 'a redrive puts dead letters back' },
  },
  needs: ['faults', 'loopback'],
  async observe(snapshot) {
    const lambda = new LambdaClient(snapshot.clients);
    const sqs = new SQSClient({ ...snapshot.clients, useQueueUrlAsEndpoint: false });
    const ssm = new SSMClient(snapshot.clients);
    const dynamoDb = new DynamoDBClient(snapshot.clients);
    const factory = { snapshot, lambda, sqs, ssm, documents: DynamoDBDocumentClient.from(dynamoDb) };
    const putBack = await hurry(factory);
    try {
      const usual = await bakeAsUsual(factory);
      const forgotten = await forgetToQueue(factory);
      const batches = await spoilBatches(factory);
      return {
        dumped: usual.dumped,
        onDisk: usual.onDisk,
        timedOut: batches.timedOut,
        forgotten: forgotten.neverBaked,
        poisoned: batches.poisoned,
        deadLetter: batches.deadLetter,
        answered: usual.answered + forgotten.answered,
        baked: usual.baked + batches.baked,
        broken: forgotten.broken,
        redriven: batches.redriven,
      };
    } finally {
      await putBack();
      for (const client of [lambda, sqs, ssm, dynamoDb]) {
        client.destroy();
      }
    }
  },
});

interface Factory {
  readonly snapshot: SnapshotUnderTest;
  readonly lambda: LambdaClient;
  readonly sqs: SQSClient;
  readonly ssm: SSMClient;
  readonly documents: DynamoDBDocumentClient;
}

/** Shortens every time that the lesson would have to wait for, on either side alike. */
async function hurry({ snapshot, lambda, sqs, ssm }: Factory): Promise<() => Promise<void>> {
  snapshot.report('shortening timeouts');
  const { BakeQueueUrl = '', BakingFunction = '', OrderingFunction = '', OvenTimeParameter } = snapshot.outputs();
  const turnOven = (milliseconds: number) =>
    ssm.send(new PutParameterCommand({ Name: OvenTimeParameter, Value: String(milliseconds), Overwrite: true }));
  const set = (Attributes: Record<string, string>) =>
    sqs.send(new SetQueueAttributesCommand({ QueueUrl: BakeQueueUrl, Attributes }));
  const { Attributes: usual = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: BakeQueueUrl, AttributeNames: ['VisibilityTimeout', 'RedrivePolicy'] }),
  );
  const redrive = usual['RedrivePolicy'];
  await turnOven(ovenMs);
  const takeBack = await Promise.all([
    deployOtherwise(lambda, BakingFunction, { timeout: short }),
    // What was stored and not queued counts as forgotten at once.
    deployOtherwise(lambda, OrderingFunction, { variables: { REQUEUE_MINUTES: '0' } }),
  ]);
  await set({
    VisibilityTimeout: String(short),
    ...(redrive && { RedrivePolicy: JSON.stringify({ ...JSON.parse(redrive), maxReceiveCount: fewTries }) }),
  });
  return async () => {
    await purge(sqs, BakeQueueUrl);
    await set(usual);
    await Promise.all(takeBack.map((back) => back()));
    await turnOven(usualOvenMs);
  };
}

/** Takes away what cannot be baked. SQS purges a queue once a minute; then what is left expires by itself. */
async function purge(sqs: SQSClient, QueueUrl: string): Promise<void> {
  try {
    await sqs.send(new PurgeQueueCommand({ QueueUrl }));
  } catch (error) {
    if (!(error instanceof PurgeQueueInProgress)) {
      throw error;
    }
  }
}

/** Nothing goes wrong, and still something is left behind. */
async function bakeAsUsual({ snapshot, lambda, documents }: Factory) {
  const { BakingFunction = '', OrderingFunction = '', OrderingUrl = '', OrderTable = '' } = snapshot.outputs();
  const { signal } = snapshot;
  snapshot.report('baking as usual');
  const orders = accepted(await placeOrders(OrderingUrl, usualCount, { concurrency: 5, signal }));
  const baked = await bakedAmong(
    OrderingUrl,
    orders.map(({ orderId }) => orderId),
    signal,
  );
  const dumped = await dumpedBytes(snapshot.endpoint, [OrderingFunction, BakingFunction]);
  snapshot.report('baking on the local machine');
  const others = Array.from({ length: localBakes }, () => orderOf(1));
  await store(documents, OrderTable, others);
  const environment = await deployedEnvironment(BakingFunction, lambda, snapshot.clients);
  const onDisk = await bytesLeftOnDisk(snapshot, environment, others);
  return { answered: orders.length, baked, dumped, onDisk };
}

/** The queue cannot be reached while orders are taken; later cleanup runs. */
async function forgetToQueue({ snapshot }: Factory) {
  const { OrderingFunction = '', OrderingUrl = '' } = snapshot.outputs();
  const { signal } = snapshot;
  snapshot.report('taking orders while the queue is down');
  const faults = faultsAt(snapshot.endpoint);
  const fault = await faults.breakCalls({
    call: 'sqs:SendMessage',
    function: OrderingFunction,
    times: forgottenCount * tries,
    fail: 'ServiceUnavailable',
  });
  const orders = accepted(await placeOrders(OrderingUrl, forgottenCount, { concurrency: 1, signal })).map(idOf);
  await faults.mendCalls(fault);
  const waiting = await Promise.all(orders.map((orderId) => readOrder(OrderingUrl, orderId, { signal })));
  snapshot.report('cleaning up');
  const cleanup = await fetchFrom(new URL('/admin/cleanup', OrderingUrl), { method: 'POST', signal });
  await cleanup.arrayBuffer();
  const baked = await bakedAmong(OrderingUrl, orders, signal);
  return {
    answered: orders.length,
    broken: waiting.filter((order) => order?.status === 'RECEIVED').length,
    neverBaked: orders.length - baked,
  };
}

/** One batch has an order in it that takes too long, another a message that cannot be read. */
async function spoilBatches({ snapshot, sqs, documents }: Factory) {
  const { BakeDeadLetterQueueUrl, BakeQueueUrl = '', OrderTable = '', OrderingUrl = '' } = snapshot.outputs();
  const { signal } = snapshot;
  const places = { table: OrderTable, queue: BakeQueueUrl };
  snapshot.report('baking beside an order that takes too long, and beside a poisoned message');
  const [quick, mates] = [1, 2].map(() => Array.from({ length: batchMates }, () => orderOf(1)));
  await handIn({ documents, sqs }, places, [...(quick ?? []), orderOf(orderLimits.quantity, orderLimits.items)]);
  const besideSlow = new BakeWatch(OrderingUrl, (quick ?? []).map(idOf), signal);
  // Once the first batch is in a worker's hands, the second cannot become part of it.
  await besideSlow.untilBaked(1, bakedWithin);
  await handIn({ documents, sqs }, places, mates ?? [], ['There is something in the flour.']);
  const besidePoison = new BakeWatch(OrderingUrl, (mates ?? []).map(idOf), signal);

  let deadLetter = false;
  const look = async () => {
    await Promise.all([besideSlow.look(), besidePoison.look()]);
    deadLetter ||= (await depthOf(sqs, BakeDeadLetterQueueUrl)) > 0;
    return undefined;
  };
  await until(look, { within: watchedMs, every: 100, signal });
  return {
    timedOut: besideSlow.again,
    poisoned: besidePoison.again,
    deadLetter,
    baked: besideSlow.baked + besidePoison.baked,
    redriven: BakeDeadLetterQueueUrl && deadLetter ? await redrive(sqs, BakeDeadLetterQueueUrl) : 'there are none',
  };
}

async function depthOf(sqs: SQSClient, QueueUrl: string | undefined): Promise<number> {
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

async function bakedAmong(url: string, orderIds: readonly string[], signal: AbortSignal): Promise<number> {
  const watch = new BakeWatch(url, orderIds, signal);
  await watch.untilBaked(orderIds.length, bakedWithin);
  return watch.baked;
}

const idOf = ({ orderId }: { readonly orderId: string }): string => orderId;

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { fetchFrom } from '../../client/endpoint/http-request.ts';
import { deployedEnvironment } from '../../client/factory/function-environment.ts';
import { accepted, placeOrders, readOrder } from '../../client/factory/order-client.ts';
import { orderLimits } from '../../functions/domain/contract.ts';
import { experiment } from '../experiment/experiment.ts';
import { faultsAt } from '../experiment/fault-port.ts';
import { exactly, yes } from '../experiment/requirement.ts';
import { BakeWatch } from './bake-watch.ts';
import { batchMates, isPutAside, redrive, spoilBatch } from './dead-letters.ts';
import { bytesLeftOnDisk, dumpedBytes } from './dumps.ts';
import { messageOf, poison } from './hand-over.ts';
import { type Factory, hurry } from './hurry.ts';
import { idOf, orderOf, store } from './kitchen-tickets.ts';
import { ofOtherTime, toTwoAtATime, twice } from './recorded-once.ts';
import { goesBack, recordedTwice, redeliver, type SpoiledBatch, tellsOfTime } from './redelivery.ts';

const usualCount = 10;
const atATime = 3;
const forgottenCount = 3;
/** Orders whose messages are handed over twice. */
const twiceCount = 3;
/** Bakes on the local machine, of which a dump would be left. */
const localBakes = 4;
/** Much longer than it takes, on a machine that has other work to do as well. */
const bakedWithin = 15_000;
/** The same for orders of which it is certain that they are on the queue. */
const foundWithin = 60_000;
/** Tries of the SDK for one call. */
const tries = 3;

/** Factor 9: what is left, lost or done twice when processes end in the middle of their work. */
export const proof = experiment({
  question: 'Can a process die at any time without a customer noticing?',
  headline: 'Orders stored, never queued and never baked: {forgotten.before} before, {forgotten.after} now.',
  observables: {
    failsAlone: {
      kind: 'gate',
      title: 'what goes back to the queue if one message of a batch cannot be read',
      must: exactly('that message'),
      lookAt:
        'handleBatch must wait for every message, and return the messageId of each that failed as an itemIdentifier.',
    },
    stopsInTime: {
      kind: 'gate',
      timed: 'if missing',
      title: 'what goes back to the queue if one message of a batch takes too long',
      must: exactly('that message'),
      lookAt: 'The signal that handleBatch gives to openShift must come before the time of the function is up.',
    },
    deliveredTwice: {
      kind: 'gate',
      timed: 'if missing',
      title: 'recorded twice when a message is delivered twice',
      must: exactly(0),
      lookAt: 'The write in bake-records.ts needs a condition: the status is still RECEIVED.',
    },
    twoAtATime: {
      kind: 'gate',
      timed: 'if missing',
      title: 'recorded twice when two processes have the same message',
      must: exactly(0),
      lookAt: 'Between a look and a write there is another process: the condition must be part of the write.',
    },
    otherTime: {
      kind: 'gate',
      timed: 'if missing',
      title: 'recorded for a message about an earlier order with the same id',
      must: exactly(0),
      lookAt: 'An id comes back when its idempotency key is used again: the condition needs placedAt, too.',
    },
    timedOut: {
      kind: 'gate',
      timed: 'if missing',
      title: 'recorded twice when a batch-mate times out',
      must: exactly(0),
      lookAt:
        'The whole batch came back after a timeout, and its good order was written again: see batch.ts and bake-records.ts.',
    },
    poisoned: {
      kind: 'gate',
      timed: 'if missing',
      title: 'recorded twice beside a poisoned message',
      must: exactly(0),
      lookAt:
        'The whole batch came back with the poison, and its good order was written again: see batch.ts and bake-records.ts.',
    },
    deadLetter: {
      kind: 'gate',
      timed: 'if missing',
      title: 'what cannot be baked ends up in the dead-letter queue',
      must: yes,
      lookAt:
        'Without ReportBatchItemFailures on the event source Lambda deletes what failed; without the output BakeDeadLetterQueueUrl of the stack nobody finds it.',
    },
    dumped: {
      kind: 'gate',
      title: 'bytes left in temporary directories while the functions run',
      must: exactly(0),
      lookAt: 'Something in baking.ts still writes a file for each order: the thermograms.',
    },
    onDisk: {
      kind: 'gate',
      title: 'bytes left on a disk when the process is gone',
      must: exactly(0),
      lookAt: 'Something in baking.ts still writes a file for each order: the thermograms.',
    },
    forgotten: {
      kind: 'gate',
      timed: 'if missing',
      title: 'stored, never queued, and never baked',
      must: exactly(0),
      lookAt:
        'ordering.ts must mark an order as queued after it was sent, and never before; and cleanup must have REQUEUE_MINUTES for those that are not.',
    },
    answered: {
      kind: 'guard',
      title: 'orders answered 202',
      must: exactly(usualCount),
      lookAt: 'Ordering refuses orders: its log, in the temporary directory of its process, says why.',
    },
    baked: {
      kind: 'guard',
      title: 'orders baked when nothing goes wrong',
      must: exactly(usualCount),
      timed: 'unless none',
      lookAt:
        'Baking does not bake what it is sent: npm run invoke shows the error, or it waits for something without an end.',
    },
    broken: {
      kind: 'guard',
      title: 'orders whose call to the queue was made to fail',
      must: exactly(forgottenCount),
      lookAt: 'An order is accepted once it is stored: ordering must answer 202 although the queue is down.',
    },
    matesBaked: {
      kind: 'guard',
      title: 'good orders baked that were in a batch with a bad message',
      must: exactly(batchMates),
      timed: true,
      lookAt: 'The good order of a batch must be recorded, whatever becomes of the message beside it.',
    },
    redriven: { kind: 'shown', title: 'a redrive puts dead letters back' },
  },
  needs: ['faults', 'loopback'],
  async *observe(snapshot) {
    const lambda = new LambdaClient(snapshot.clients);
    const sqs = new SQSClient({ ...snapshot.clients, useQueueUrlAsEndpoint: false });
    const ssm = new SSMClient(snapshot.clients);
    const dynamoDb = new DynamoDBClient(snapshot.clients);
    const factory = { snapshot, lambda, sqs, ssm, documents: DynamoDBDocumentClient.from(dynamoDb) };
    const putBack = await hurry(factory);
    let beside: Promise<unknown> = Promise.resolve();
    try {
      yield await bakeAsUsual(factory);
      yield { twoAtATime: await toTwoAtATime(factory) };
      snapshot.report('spoiling a batch with a poisoned message');
      const mates = await spoilBatch(factory);
      // It is tried again and again; what else there is to see is looked at meanwhile.
      const [handed, local] = [handBatchesOver(factory), bakeOnLocalMachine(factory)];
      beside = Promise.allSettled([handed, local]);
      yield await forgetToQueue(factory);
      yield { ...(await handed), ...(await local) };
      snapshot.report('waiting for what becomes of the poisoned message');
      await mates.untilBaked(batchMates, bakedWithin);
      yield { matesBaked: mates.baked };
      yield { deadLetter: await isPutAside(factory), redriven: await redrive(factory) };
    } finally {
      await beside;
      await putBack();
      for (const client of [lambda, sqs, ssm, dynamoDb]) {
        client.destroy();
      }
    }
  },
});

/** Nothing goes wrong, and still something is left behind. */
async function bakeAsUsual({ snapshot }: Factory) {
  const { BakingFunction = '', OrderingFunction = '', OrderingUrl = '' } = snapshot.outputs();
  const { signal } = snapshot;
  snapshot.report('baking as usual');
  const orders = accepted(await placeOrders(OrderingUrl, usualCount, { concurrency: atATime, signal })).map(idOf);
  const watch = new BakeWatch(OrderingUrl, orders, signal);
  await watch.untilBaked(orders.length, bakedWithin);
  const dumped = await dumpedBytes(snapshot.endpoint, [OrderingFunction, BakingFunction]);
  return { answered: orders.length, baked: watch.baked, dumped };
}

/** The same in a process of this machine, which leaves its temporary directory when it ends. */
async function bakeOnLocalMachine({ snapshot, lambda, documents }: Factory) {
  const { BakingFunction = '', OrderTable = '' } = snapshot.outputs();
  const orders = Array.from({ length: localBakes }, () => orderOf(1));
  await store(documents, OrderTable, orders);
  const environment = await deployedEnvironment(BakingFunction, lambda, snapshot.clients);
  return { onDisk: await bytesLeftOnDisk(snapshot, environment, orders) };
}

/** Batches handed to the function by hand, for its answer: what goes back, and what is recorded twice. */
async function handBatchesOver(factory: Factory) {
  const { documents, snapshot } = factory;
  const { OrderTable = '' } = snapshot.outputs();
  const poisoned = { good: [orderOf(1)], bad: poison };
  const slow = orderOf(orderLimits.quantity, orderLimits.items);
  const late = { good: [orderOf(1)], bad: messageOf(slow) };
  const again = Array.from({ length: twiceCount }, () => orderOf(1));
  const earlier = orderOf(1);
  await store(documents, OrderTable, [...poisoned.good, ...late.good, slow, ...again, earlier]);
  const [besidePoison, besideSlow, deliveredTwice, otherTime] = await Promise.all([
    deliver(poisoned, factory),
    deliver(late, factory),
    twice(again, factory),
    ofOtherTime(earlier, factory),
  ]);
  return {
    failsAlone: besidePoison.deliveries.map((delivery) => goesBack(poisoned, delivery))[0],
    poisoned: besidePoison.again,
    stopsInTime: besideSlow.deliveries
      .filter((delivery) => tellsOfTime(late, delivery))
      .map((delivery) => goesBack(late, delivery))[0],
    timedOut: besideSlow.again,
    ...{ deliveredTwice, otherTime },
  };
}

async function deliver(batch: SpoiledBatch, { snapshot, lambda }: Factory) {
  const { BakingFunction = '', OrderingUrl = '' } = snapshot.outputs();
  const watch = new BakeWatch(OrderingUrl, batch.good.map(idOf), snapshot.signal);
  const deliveries = await redeliver(batch, watch, { lambda, functionName: BakingFunction });
  return { deliveries, again: recordedTwice(batch, watch) };
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
  const orders = accepted(await placeOrders(OrderingUrl, forgottenCount, { concurrency: forgottenCount, signal })).map(
    idOf,
  );
  await faults.mendCalls(fault);
  const waiting = await Promise.all(orders.map((orderId) => readOrder(OrderingUrl, orderId, { signal })));
  snapshot.report('cleaning up');
  const cleanup = await fetchFrom(new URL('/admin/cleanup', OrderingUrl), { method: 'POST', signal });
  const { requeued } = (await cleanup.json()) as { requeued: number };
  const watch = new BakeWatch(OrderingUrl, orders, signal);
  // What was not put on the queue now never will be.
  await watch.untilBaked(Math.min(requeued, orders.length), foundWithin);
  const isOver = watch.baked >= Math.min(requeued, orders.length);
  return {
    broken: waiting.filter((order) => order?.status === 'RECEIVED').length,
    ...(isOver && { forgotten: orders.length - watch.baked }),
  };
}

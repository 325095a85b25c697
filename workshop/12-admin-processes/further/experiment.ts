import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { deployedEnvironment } from '../../../client/factory/function-environment.ts';
import { readOrder } from '../../../client/factory/order-client.ts';
import { receiveOrder } from '../../../functions/domain/order.ts';
import { endOf } from '../../../terminal/child.ts';
import { experiment } from '../../experiment/experiment.ts';
import { exactly, yes } from '../../experiment/requirement.ts';
import type { SnapshotUnderTest } from '../../experiment/snapshot-under-test.ts';

const waitingCount = 4;
const othersCount = 3;
/** Seconds that a process has which removes a few orders. */
const endsWithin = 20;

/** An admin process that nobody has written yet: the supplier withdraws a recipe, and orders wait for it. */
export const proof = experiment({
  question: 'Does a one-off process take back the orders that wait for a withdrawn recipe, and only those?',
  headline:
    'Orders that waited for a withdrawn recipe, and were taken back: {withdrawn.before} before, {withdrawn.after} now.',
  observables: {
    withdrawn: {
      kind: 'gate',
      title: 'orders taken back that waited for the withdrawn recipe',
      must: exactly(waitingCount),
      lookAt:
        'withdraw.ts goes through the table, and deletes each order that is RECEIVED and has the recipe among its items.',
    },
    reported: {
      kind: 'gate',
      title: 'the first run reports them, a second one none, and both exit with 0',
      must: yes,
      lookAt: 'The last line on stdout is {"withdrawn": number}: what this run deleted, and not what it found.',
    },
    refused: {
      kind: 'gate',
      title: 'a run without a recipe exits with 1, and says why',
      must: yes,
      lookAt: 'An admin process that is asked for nothing it knows does nothing, exits with 1 and says why on stderr.',
    },
    othersKept: {
      kind: 'guard',
      title: 'other orders, and baked ones, that are still there',
      must: exactly(2 * othersCount),
      lookAt:
        'An order of another recipe, and one that is baked, is none of its business: the status is a condition of the delete.',
    },
  },
  async observe(snapshot) {
    const lambda = new LambdaClient(snapshot.clients);
    const dynamoDb = new DynamoDBClient(snapshot.clients);
    try {
      const { CleanupFunction = '', OrderTable = '', OrderingUrl = '' } = snapshot.outputs();
      const environment = await deployedEnvironment(CleanupFunction, lambda, snapshot.clients);
      const documents = DynamoDBDocumentClient.from(dynamoDb);
      const { waiting, others } = await leaveOrders(documents, OrderTable);
      const left = async (ids: readonly string[]) => {
        const orders = await Promise.all(ids.map((id) => readOrder(OrderingUrl, id, { signal: snapshot.signal })));
        return orders.filter((order) => order !== undefined).length;
      };
      snapshot.report('withdrawing a recipe, twice');
      const [first, second, unasked] = [
        await withdraw(snapshot, environment, ['sabayon']),
        await withdraw(snapshot, environment, ['sabayon']),
        await withdraw(snapshot, environment, []),
      ];
      const stillWaiting = await left(waiting);
      const stillThere = await left(others);
      await takeOrdersAway(documents, OrderTable, [...waiting, ...others]);
      return {
        withdrawn: waiting.length - stillWaiting,
        reported: first.withdrawn === waitingCount && second.withdrawn === 0,
        // Node ends a program that is not there with 1, too.
        refused: existsSync(join(snapshot.folder, 'withdraw.ts')) && unasked.exitCode === 1 && unasked.isExplained,
        othersKept: stillThere,
      };
    } finally {
      lambda.destroy();
      dynamoDb.destroy();
    }
  },
});

/** Orders that wait for the recipe; and orders that wait for another one, or were baked. */
async function leaveOrders(documents: DynamoDBDocumentClient, table: string) {
  const orderOf = (recipe: string) => {
    const now = new Date();
    const order = receiveOrder(crypto.randomUUID(), 'admin', [{ recipe, quantity: 1, priceCents: 110 }], now);
    return { ...order, queuedAt: order.placedAt };
  };
  const many = <T>(count: number, make: () => T) => Array.from({ length: count }, make);
  const waiting = many(waitingCount, () => orderOf('sabayon'));
  const others = [
    ...many(othersCount, () => orderOf('raisin')),
    ...many(othersCount, () => {
      const order = orderOf('sabayon');
      return { ...order, status: 'BAKED', bakedAt: order.placedAt, bestBefore: '2099-12-31', voucher: 'none' };
    }),
  ];
  const requests = [...waiting, ...others].map((Item) => ({ PutRequest: { Item } }));
  await documents.send(new BatchWriteCommand({ RequestItems: { [table]: requests } }));
  return { waiting: waiting.map(({ orderId }) => orderId), others: others.map(({ orderId }) => orderId) };
}

/** The snapshot after may be deployed in the place of the one before, and must not meet its orders. */
async function takeOrdersAway(documents: DynamoDBDocumentClient, table: string, ids: readonly string[]) {
  const requests = ids.map((orderId) => ({ DeleteRequest: { Key: { orderId } } }));
  await documents.send(new BatchWriteCommand({ RequestItems: { [table]: requests } }));
}

/** Runs `withdraw.ts` of the snapshot's folder to its end. */
async function withdraw(snapshot: SnapshotUnderTest, env: Readonly<Record<string, string>>, args: readonly string[]) {
  const program = join(snapshot.folder, 'withdraw.ts');
  const child = spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const limit = AbortSignal.any([snapshot.signal, AbortSignal.timeout(endsWithin * 1000)]);
  // One that listens to SIGTERM may be in an endless loop all the same.
  const kill = () => child.kill('SIGKILL');
  const [stdout, stderr, exitCode] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    endOf(child, limit, kill),
  ]);
  snapshot.signal.throwIfAborted();
  // Where there is no such file, Node says so with 1 as well.
  const isExplained = stderr.trim() !== '' && !stderr.includes('ERR_MODULE_NOT_FOUND');
  return { exitCode, isExplained, withdrawn: exitCode === 0 ? withdrawnBy(stdout) : undefined };
}

/** What the last line on stdout says; undefined where it says something else. */
function withdrawnBy(stdout: string): unknown {
  try {
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '').withdrawn;
  } catch {
    return undefined;
  }
}

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { fetchFrom } from '../../client/endpoint/http-request.ts';
import { configuredVariables } from '../../client/factory/function-environment.ts';
import { readOrder } from '../../client/factory/order-client.ts';
import { experiment } from '../experiment/experiment.ts';
import { exactly, no, yes } from '../experiment/requirement.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';
import { mayDo } from './app-role.ts';
import { cleanUpInImage } from './image-run.ts';
import { leave } from './leftovers.ts';
import { runOneOff } from './one-off.ts';

const ofEach = 10;

/** Factor 12: who cleans up, with whose rights, and through which door. */
export const proof = experiment({
  question: 'Is cleaning up a process of its own, or something that the shop does on the side?',
  observables: {
    mayDelete: { kind: 'gate', title: 'the role of ordering may delete orders', must: no },
    door: { kind: 'gate', title: 'POST /admin/cleanup at the URL of ordering', must: exactly('404') },
    oneOff: { kind: 'gate', title: 'a one-off of the release that runs exits with 0 and is gone', must: yes },
    staleLeft: { kind: 'guard', title: 'stale orders left', must: exactly(0) },
    liveRemoved: { kind: 'guard', title: 'live orders removed', must: exactly(0) },
    removed: { kind: 'guard', title: 'orders that the first run removed', must: exactly(ofEach) },
    again: { kind: 'guard', title: 'orders that a second run removed', must: exactly(0) },
    image: { kind: 'shown', title: `the same one-off in a container, with ${ofEach} stale orders` },
  },
  async observe(snapshot) {
    const lambda = new LambdaClient(snapshot.clients);
    const iam = new IAMClient(snapshot.clients);
    const dynamoDb = new DynamoDBClient(snapshot.clients);
    try {
      const outputs = snapshot.outputs();
      const { OrderingUrl = '', OrderingFunction = '', OrderTable = '' } = outputs;
      // What an earlier run left is not ours to count.
      await cleanUp(snapshot, lambda);
      snapshot.report('leaving orders of two days ago and of now');
      const leaveOrders = () => leave(DynamoDBDocumentClient.from(dynamoDb), OrderTable, ofEach);
      const { stale, live } = await leaveOrders();
      const countOf = async (ids: readonly string[]) => {
        const orders = await Promise.all(ids.map((id) => readOrder(OrderingUrl, id, { signal: snapshot.signal })));
        return orders.filter((order) => order !== undefined).length;
      };
      const before = await countOf(live);
      snapshot.report('cleaning up, twice');
      const first = await cleanUp(snapshot, lambda);
      const second = await cleanUp(snapshot, lambda);
      const findings = {
        mayDelete: await mayDo({ iam, lambda }, OrderingFunction, 'dynamodb:DeleteItem', OrderTable),
        door: String(await knock(OrderingUrl, snapshot.signal)),
        oneOff: first.isOneOff && first.release === (await releaseOf(lambda, OrderingFunction)),
        staleLeft: await countOf(stale),
        liveRemoved: before - (await countOf(live)),
        removed: first.removed,
        again: second.removed,
      };
      snapshot.report('cleaning up in a container');
      return { ...findings, image: await cleanUpInImage(snapshot, lambda, leaveOrders) };
    } finally {
      for (const client of [lambda, iam, dynamoDb]) {
        client.destroy();
      }
    }
  },
});

interface Cleaned {
  readonly isOneOff: boolean;
  readonly release?: string | undefined;
  readonly removed: number;
}

/** By whatever way the snapshot offers: as a process where cleanup is one, and else through the door of the shop. */
async function cleanUp(snapshot: SnapshotUnderTest, lambda: LambdaClient): Promise<Cleaned> {
  const { CleanupFunction, OrderingUrl } = snapshot.outputs();
  if (CleanupFunction) {
    const { exitCode, isGone, release, removed } = await runOneOff(snapshot, lambda);
    return { isOneOff: exitCode === 0 && isGone, release, removed };
  }
  const response = await fetchFrom(new URL('/admin/cleanup', OrderingUrl), { method: 'POST', signal: snapshot.signal });
  const { removed } = (await response.json()) as { removed: { baked: number; expired: number } };
  return { isOneOff: false, removed: removed.baked + removed.expired };
}

async function knock(url: string, signal: AbortSignal): Promise<number> {
  const response = await fetchFrom(new URL('/admin/cleanup', url), { method: 'POST', signal });
  await response.arrayBuffer();
  return response.status;
}

async function releaseOf(lambda: LambdaClient, FunctionName: string): Promise<string | undefined> {
  return (await configuredVariables(FunctionName, lambda))['RELEASE'];
}

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { IAMClient } from '@aws-sdk/client-iam';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { fetchFrom } from '../../client/endpoint/http-request.ts';
import { configuredVariables } from '../../client/factory/function-environment.ts';
import { readOrder } from '../../client/factory/order-client.ts';
import { cleanupEnv } from '../../functions/cleanup/contract.ts';
import { experiment } from '../experiment/experiment.ts';
import { exactly, no, yes } from '../experiment/requirement.ts';
import { actionsOn, letsIn } from '../experiment/role-actions.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';
import { cleanUpInImage } from './image-run.ts';
import { type Leftovers, leave } from './leftovers.ts';
import { type Report, runOneOff, totalOf } from './one-off.ts';

const ofEach = 10;

/** Factor 12: who cleans up, with whose rights, and through which door. */
export const proof = experiment({
  question: 'Is cleaning up a process of its own, or something that the shop does on the side?',
  headline: 'POST /admin/cleanup at the URL of ordering was answered {door.before}; now {door.after}.',
  observables: {
    mayDelete: {
      kind: 'gate',
      title: 'the role of ordering may delete orders',
      must: no,
      lookAt: 'openCleanupDoor in stack.ts still gives ordering the rights to clean up.',
    },
    door: {
      kind: 'gate',
      title: 'POST /admin/cleanup at the URL of ordering',
      must: exactly('404'),
      lookAt:
        'The route belongs out of ordering.ts: a header in front of it leaves the shop its rights, and makes a key of the header.',
    },
    ownRole: {
      kind: 'gate',
      title: 'cleanup has a role of its own, which may delete orders and has no wildcard',
      must: yes,
      lookAt:
        'Name each action in cleanup-process.ts: Scan, DeleteItem and UpdateItem on the table. stack.ts must output CleanupFunction.',
    },
    scheduled: {
      kind: 'gate',
      title: 'a schedule starts it, and is allowed to',
      must: yes,
      lookAt:
        'A Rule has a schedule and a target; without addPermission for events.amazonaws.com its calls are refused.',
    },
    oneOff: {
      kind: 'gate',
      title: 'a one-off of the release that runs exits with 0 and is gone',
      must: yes,
      lookAt:
        'main.ts must end with 0, with the report as its last line; its release must be the one of ordering: see releaseOf in stack.ts.',
    },
    failure: {
      kind: 'gate',
      title: 'exit code of a one-off that cannot reach the table',
      must: exactly(1),
      lookAt:
        'Whoever starts main.ts reads its exit code and nothing else: what goes wrong must end with 1, and its reason be on stderr.',
    },
    invoked: {
      kind: 'gate',
      title: 'orders that the function removed, invoked by hand',
      must: exactly(ofEach),
      lookAt: 'cleanup.ts must clean up where the event is { "task": "cleanup" }, and return the report.',
    },
    staleLeft: {
      kind: 'guard',
      title: 'stale orders left',
      must: exactly(0),
      lookAt: 'A run must go through all orders: the process has all the time it needs, as long as nobody stops it.',
    },
    liveRemoved: { kind: 'guard', title: 'live orders removed', must: exactly(0) },
    removed: {
      kind: 'guard',
      title: 'orders that the first run removed',
      must: exactly(ofEach),
      lookAt:
        'main.ts must clean up, and not only count (dryRun), and its last line on stdout must be the report: npm run admin -- cleanup shows what it says.',
    },
    again: { kind: 'guard', title: 'orders that a second run removed', must: exactly(0) },
    image: { kind: 'shown', title: `the same one-off in a container, with ${ofEach} stale orders` },
  },
  async *observe(snapshot) {
    const lambda = new LambdaClient(snapshot.clients);
    const iam = new IAMClient(snapshot.clients);
    const dynamoDb = new DynamoDBClient(snapshot.clients);
    try {
      const { OrderTable = '' } = snapshot.outputs();
      yield await lookAtRights(snapshot, { iam, lambda });
      // What an earlier run left is not ours to count.
      await cleanUp(snapshot, lambda);
      const leaveOrders = () => leave(DynamoDBDocumentClient.from(dynamoDb), OrderTable, ofEach);
      yield await cleanUpTwice(snapshot, lambda, leaveOrders);
      yield await failAndInvoke(snapshot, lambda, leaveOrders);
      snapshot.report('cleaning up in a container');
      yield { image: await cleanUpInImage(snapshot, lambda, leaveOrders) };
    } finally {
      for (const client of [lambda, iam, dynamoDb]) {
        client.destroy();
      }
    }
  },
});

type LeaveOrders = () => Promise<Leftovers>;

/** Who may do what, by the roles and the template. */
async function lookAtRights(
  snapshot: SnapshotUnderTest,
  clients: { readonly iam: IAMClient; readonly lambda: LambdaClient },
) {
  const { OrderingUrl = '', OrderingFunction = '', CleanupFunction, OrderTable = '' } = snapshot.outputs();
  snapshot.report('looking at roles');
  const rights = (name: string) => actionsOn(clients, name, OrderTable);
  const ofCleanup = CleanupFunction ? await rights(CleanupFunction) : [];
  return {
    mayDelete: letsIn(await rights(OrderingFunction), deleteItem),
    door: String(await knock(OrderingUrl, snapshot.signal)),
    ownRole: ofCleanup.includes(deleteItem) && !ofCleanup.some((action) => action.includes('*')),
    scheduled: isScheduled(snapshot.template()),
  };
}

const deleteItem = 'dynamodb:DeleteItem';

/** Two runs of whatever cleans up, and what they leave. */
async function cleanUpTwice(snapshot: SnapshotUnderTest, lambda: LambdaClient, leaveOrders: LeaveOrders) {
  const { OrderingUrl = '', OrderingFunction = '' } = snapshot.outputs();
  snapshot.report('leaving orders of two days ago and of now');
  const { stale, live } = await leaveOrders();
  const countOf = async (ids: readonly string[]) => {
    const orders = await Promise.all(ids.map((id) => readOrder(OrderingUrl, id, { signal: snapshot.signal })));
    return orders.filter((order) => order !== undefined).length;
  };
  const before = await countOf(live);
  snapshot.report('cleaning up, twice');
  const first = await cleanUp(snapshot, lambda);
  const second = await cleanUp(snapshot, lambda);
  return {
    oneOff: first.isOneOff && first.release === (await releaseOf(lambda, OrderingFunction)),
    staleLeft: await countOf(stale),
    liveRemoved: before - (await countOf(live)),
    removed: first.removed,
    again: second.removed,
  };
}

/** What a run says that cannot do its work; and what one does that is started on Lambda. */
async function failAndInvoke(snapshot: SnapshotUnderTest, lambda: LambdaClient, leaveOrders: LeaveOrders) {
  const { CleanupFunction } = snapshot.outputs();
  if (!CleanupFunction) {
    return { failure: 'there is no one-off', invoked: 0 };
  }
  snapshot.report('cleaning up where there is no table, and on Lambda');
  const { exitCode, stderr } = await runOneOff(snapshot, lambda, { [cleanupEnv.orderTable]: 'there-is-none' });
  await leaveOrders();
  const { FunctionError, Payload } = await lambda.send(
    new InvokeCommand({ FunctionName: CleanupFunction, Payload: Buffer.from('{"task":"cleanup"}') }),
  );
  const report = JSON.parse(Payload?.transformToString() || 'null') as Partial<Report> | null;
  return {
    failure: exitCode === 1 && stderr.trim() === '' ? '1, and nothing on stderr' : exitCode,
    invoked: FunctionError === undefined && report?.removed ? totalOf({ removed: report.removed }) : 0,
  };
}

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
  if (!response.ok) {
    throw new Error(`There is no output CleanupFunction, and POST /admin/cleanup answers ${response.status}.`);
  }
  const { removed } = (await response.json()) as Report;
  return { isOneOff: false, removed: totalOf({ removed }) };
}

/** Whether a rule with a schedule starts something, and Lambda lets EventBridge do so. */
function isScheduled(template: Readonly<Record<string, unknown>>): boolean {
  const { Resources } = template as {
    Resources: Record<string, { Type: string; Properties?: Record<string, unknown> }>;
  };
  const resources = Object.values(Resources);
  const hasRule = resources.some(
    ({ Type, Properties }) =>
      Type === 'AWS::Events::Rule' && Properties?.['ScheduleExpression'] && Properties['Targets'],
  );
  const isAllowed = resources.some(
    ({ Type, Properties }) =>
      Type === 'AWS::Lambda::Permission' && Properties?.['Principal'] === 'events.amazonaws.com',
  );
  return hasRule && isAllowed;
}

async function knock(url: string, signal: AbortSignal): Promise<number> {
  const response = await fetchFrom(new URL('/admin/cleanup', url), { method: 'POST', signal });
  await response.arrayBuffer();
  return response.status;
}

async function releaseOf(lambda: LambdaClient, FunctionName: string): Promise<string | undefined> {
  return (await configuredVariables(FunctionName, lambda))['RELEASE'];
}

import { clientConfiguration } from '../../../client/endpoint/client-configuration.ts';
import { burstSize } from '../protocol.ts';
import { always, type Break, type Ground, namesOf, needsAll, needsFaults, needsOutput } from './break.ts';
import { sendPoison, setOvenTime, setWorkers } from './calls.ts';

const noQueue = 'Here is no queue yet: the counter bakes. Factor 8 brings the queue.';
const noTable = 'Here is no table yet: orders are in the memory of a process. Factor 6 brings the table.';
const needsQueue = needsOutput('BakeQueueUrl', noQueue);
const needsTable = needsOutput('OrderTable', noTable);
const needsBaker = needsOutput('BakingFunction', noQueue);

const slowOvenMs = 50;
const fewBakers = 2;
const duplicates = 20;
const untilTakenBack = 1_000_000;

/** Fails calls of the functions of all lanes. Returns what ends that. */
async function failCalls(
  { lanes, faults }: Ground,
  calls: readonly string[],
  fault: { readonly fail: string; readonly share: number },
): Promise<() => Promise<void>> {
  const names = namesOf(lanes, 'OrderingFunction', 'BakingFunction');
  const set = names.flatMap((name) =>
    calls.map((call) => faults.breakCalls({ call, function: name, times: untilTakenBack, ...fault })),
  );
  const ids = await Promise.all(set);
  return async () => {
    await Promise.all(ids.map((id) => faults.mendCalls(id)));
  };
}

/** All that can be done to the factory, in the order of its buttons. */
export const breaks: readonly Break[] = [
  {
    name: 'burst',
    title: 'Burst',
    does: `${burstSize} customers come at once.`,
    watch: 'Does the counter send people away, or does work wait on the belt while more bakers start?',
    isBad: false,
    unavailable: always,
    start: async (ground) => {
      ground.burst(burstSize);
      return undefined;
    },
  },
  {
    name: 'kill-at-work',
    title: 'Kill at work',
    does: 'One process dies with an order in its hands: a baker, or the counter where that bakes.',
    watch: 'Who has its order now? A queue keeps it, hides it for a minute, and then hands it to another baker.',
    isBad: true,
    unavailable: needsFaults,
    start: async ({ lanes, burst }) => {
      await Promise.all(lanes.map((lane) => lane.killAtWork()));
      // Without customers, no process would have work.
      burst(1);
      return undefined;
    },
  },
  {
    name: 'kill-all',
    title: 'Kill everybody',
    does: 'All environments end at once, with the work in their hands.',
    watch: 'What was only in their memory falls. What is in the table or on the belt stays.',
    isBad: true,
    unavailable: needsFaults,
    start: async ({ lanes }) => {
      await Promise.all(lanes.map((lane) => lane.killAll()));
      return undefined;
    },
  },
  {
    name: 'poison',
    title: 'Poison message',
    does: 'A message that nobody can read goes on the belt.',
    watch: 'It comes back each minute. Is it a dead letter in the end, and do its neighbours suffer?',
    isBad: true,
    unavailable: needsQueue,
    start: async ({ lanes, endpoint }) => {
      await sendPoison(namesOf(lanes, 'BakeQueueUrl'), clientConfiguration(endpoint));
      return undefined;
    },
  },
  {
    name: 'slow-oven',
    title: 'Slow oven',
    does: `A cookie bakes ${slowOvenMs} ms instead of 20. Processes notice within 5 s.`,
    watch: 'Who has to wait: the customer at the counter, or the order on the belt?',
    isBad: true,
    unavailable: needsOutput('OvenTimeParameter', 'The time of the oven is in the source here. Factor 3 changes that.'),
    start: async ({ lanes, endpoint }) =>
      await setOvenTime(namesOf(lanes, 'OvenTimeParameter'), slowOvenMs, clientConfiguration(endpoint)),
  },
  {
    name: 'throttle-table',
    title: 'Throttle table',
    does: 'DynamoDB refuses half of all calls, as it does above its throughput.',
    watch: 'Clients try again, so answers get slower before any order is refused.',
    isBad: true,
    unavailable: needsAll(needsFaults, needsTable),
    start: async (ground) =>
      await failCalls(ground, ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:GetItem'], {
        fail: 'ProvisionedThroughputExceededException',
        share: 0.5,
      }),
  },
  {
    name: 'queue-down',
    title: 'Queue is down',
    does: 'SQS refuses every message that the counter sends.',
    watch: 'Orders are taken and stored, but nobody bakes them. Who notices, and puts that right?',
    isBad: true,
    unavailable: needsAll(needsFaults, needsQueue),
    start: async (ground) => await failCalls(ground, ['sqs:SendMessage'], { fail: 'ServiceUnavailable', share: 1 }),
  },
  {
    name: 'deliver-twice',
    title: 'Deliver twice',
    does: `SQS hands out the next ${duplicates} messages twice, as it may.`,
    watch: 'Are those orders baked twice? The counter for that should stay at 0.',
    isBad: true,
    unavailable: needsAll(needsFaults, needsQueue),
    start: async ({ lanes, faults }) => {
      await Promise.all(namesOf(lanes, 'BakeQueueUrl').map((url) => faults.deliverTwice(url, duplicates)));
      return undefined;
    },
  },
  {
    name: 'few-bakers',
    title: 'Two bakers',
    does: `At most ${fewBakers} environments bake at a time. Done again, the limit goes.`,
    watch: 'The counter goes on at the same pace. Only the belt gets longer.',
    isBad: false,
    unavailable: needsBaker,
    start: async ({ lanes, endpoint }) =>
      await setWorkers(namesOf(lanes, 'BakingFunction'), fewBakers, clientConfiguration(endpoint)),
  },
  {
    name: 'deploy',
    title: 'Deploy',
    does: 'The CDK deploys another build, while customers come. That takes some seconds.',
    watch: 'New environments start with the new version. Does an order fall with the old ones?',
    isBad: false,
    unavailable: always,
    start: async (ground) => {
      await ground.deploy();
      return undefined;
    },
  },
  {
    name: 'roll-back',
    title: 'Roll back',
    does: 'The version before runs again. Nothing is built.',
    watch: 'The version changes within a second or two, because it was kept.',
    isBad: false,
    unavailable: ({ lanes, canRollBack }) => {
      if (!lanes.some(({ parts }) => parts.hasVersions)) {
        return 'No version is kept here to go back to. Factor 5 changes that.';
      }
      return canRollBack ? '' : 'Deploy first: then there is a version to go back to.';
    },
    start: async (ground) => {
      await ground.rollBack();
      return undefined;
    },
  },
];

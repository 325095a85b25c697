import { join } from 'node:path';
import { accepted, type OrderBody, placeOrders } from '../../client/factory/order-client.ts';
import { reachableFrom } from '../diff/reachable.ts';
import { experiment } from '../experiment/experiment.ts';
import { atLeast, exactly, yes } from '../experiment/requirement.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';
import { createWorkingCopy, type Owner } from '../experiment/working-copy.ts';
import { rootsOf, snapshotNumbered } from '../snapshots.ts';
import { createCleanRoom, declaredIn } from './clean-room.ts';
import { type Service, serveOnce } from './serve-once.ts';

const orders = 5;
const order: OrderBody = {
  customer: 'Ada and Bob',
  items: [
    { recipe: 'gingerbread', quantity: 3 },
    { recipe: 'raisin', quantity: 2 },
  ],
};

/** Factor 2: the same source on two machines with other things lying about, and in a room where nothing does. */
export const proof = experiment({
  question: 'Does the factory need anything that it does not say it needs?',
  headline: 'The same order costs {prices.before}, built on two machines; now {prices.after}.',
  observables: {
    samePrice: { kind: 'gate', title: 'the same order costs the same, built on either machine', must: yes },
    sameBundle: { kind: 'gate', title: 'both machines build the same bundle', must: yes },
    serves: { kind: 'gate', title: 'starts in a clean room and takes an order', must: yes },
    undeclared: { kind: 'gate', title: 'packages imported that are not declared', must: exactly(0) },
    servedOnMachines: { kind: 'guard', title: 'orders taken on the two machines', must: exactly(2) },
    answered: { kind: 'guard', title: 'orders answered 202 where it is deployed', must: atLeast(orders) },
    explained: { kind: 'guard', title: 'what did not start says which package it misses', must: yes },
    prices: { kind: 'shown', title: 'what the order costs' },
    missing: { kind: 'shown', title: 'what the clean room lacks' },
  },
  async observe(snapshot) {
    const root = rootsOf(snapshotNumbered(snapshot.number)).find(({ name }) => name === 'ordering')?.file ?? '';
    snapshot.report('building and ordering on both machines, and in a clean room');
    const [ada, bob, clean, undeclared] = await Promise.all([
      workOn('ada', snapshot),
      workOn('bob', snapshot),
      workInCleanRoom(root, snapshot),
      undeclaredIn(root, snapshot),
    ]);
    const { OrderingUrl: url = '' } = snapshot.outputs();
    const placed = await placeOrders(url, orders, { concurrency: 1, body: () => order, signal: snapshot.signal });
    const missing = missingFrom(clean);
    return {
      ...(ada.totalCents !== undefined &&
        bob.totalCents !== undefined && { samePrice: ada.totalCents === bob.totalCents }),
      sameBundle: ada.sha256 === bob.sha256,
      serves: clean.status === 202,
      undeclared: undeclared.length,
      servedOnMachines: [ada, bob].filter(({ status }) => status === 202).length,
      answered: accepted(placed).length,
      explained: clean.failure === undefined || missing !== undefined,
      prices: `${ada.totalCents} and ${bob.totalCents} cents`,
      missing: clean.failure ? `${missing} (${clean.failure.code})` : 'nothing',
    };
  },
});

/** Builds on a person's machine, and has what was built take the order. */
async function workOn(owner: Owner, { number, repository, signal }: SnapshotUnderTest) {
  const copy = await createWorkingCopy(repository, { owner });
  try {
    const { file = '', sha256 } = (await copy.bundle(number)).get('ordering') ?? {};
    return { sha256, ...(await serveOnce(file, order, signal)) };
  } finally {
    await copy.close();
  }
}

async function workInCleanRoom(root: string, { repository, signal }: SnapshotUnderTest): Promise<Service> {
  const room = await createCleanRoom(repository, await reachableFrom([root], repository));
  try {
    return await serveOnce(join(room.folder, root), order, signal);
  } finally {
    await room.close();
  }
}

async function undeclaredIn(root: string, { repository }: SnapshotUnderTest): Promise<readonly string[]> {
  const { packages } = await reachableFrom([root], repository);
  const declared = await declaredIn(repository);
  return packages.filter((name) => !declared.includes(name));
}

/** The package that Node looked for and did not find. */
function missingFrom({ failure }: Service): string | undefined {
  if (failure?.code !== 'ERR_MODULE_NOT_FOUND') {
    return undefined;
  }
  return /Cannot find package '([^']+)'/.exec(failure.message)?.[1];
}

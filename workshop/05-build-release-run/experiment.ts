import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { accepted, type Placed, placeOrder } from '../../client/factory/order-client.ts';
import { experiment } from '../experiment/experiment.ts';
import { atLeast, exactly, yes } from '../experiment/requirement.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';
import { createWorkingCopy } from '../experiment/working-copy.ts';
import { brokenCommits, type Commit, check, commit, dearer } from './commits.ts';
import { type Customers, letIn } from './customers.ts';
import { piping } from './piping.ts';
import { pushing } from './pushing.ts';
import type { Delivery, Way, WayOptions } from './way.ts';

/** Orders that are answered before the first commit, and after the last. */
const ordersAround = 10;
/** Orders that show whether what was found out runs all the same: then each of them fails. */
const ordersToTell = 4;

export const proof = experiment({
  question: 'What do two broken commits cost the customers, and what does it take to go back?',
  observables: {
    failedPosts: {
      kind: 'gate',
      title: 'orders that failed while the commits were delivered',
      must: exactly(0),
      lookAt:
        'Something ran before it was tried: `deployBeside` needs the versions that run now, and `testVersions` those that were just published. Does the stack have a version to choose (`Kitchen`)?',
    },
    numbersSpent: {
      kind: 'gate',
      title: 'release numbers spent on broken commits',
      must: exactly(0),
      lookAt: 'What fails its smoke test must not be in the ledger: record a release when its versions have passed.',
    },
    buildsToRollBack: {
      kind: 'gate',
      title: 'builds needed to roll back a good commit',
      must: exactly(0),
      lookAt:
        'To go back is to choose an older version. The stack must publish one with each deploy, and keep it: that is what `Kitchen` does.',
    },
    sent: { kind: 'guard', title: 'orders sent meanwhile', must: atLeast(30) },
    acceptedAround: { kind: 'guard', title: 'orders accepted before and after', must: atLeast(2 * ordersAround) },
    failedAround: { kind: 'guard', title: 'orders that failed before and after', must: exactly(0) },
    foundOut: {
      kind: 'guard',
      title: 'broken commits that were found out',
      must: exactly(brokenCommits.length),
      lookAt:
        'A version that throws when it starts passed the smoke test: was it asked at all? What runs always passes; the stack that was read after the deploy knows what was published.',
    },
    restored: {
      kind: 'guard',
      title: 'orders were taken after the broken commits',
      must: yes,
      lookAt: 'A broken version still runs: a release that fails must leave what runs as it was.',
    },
    goodCommitRan: {
      kind: 'guard',
      title: 'the good commit ran',
      must: yes,
      lookAt: 'A release that passes must return the versions that were published, so that `run` can point at them.',
    },
    wentBack: { kind: 'guard', title: 'what ran before it ran again', must: yes },
    rollBackSeconds: { kind: 'shown', title: 'time to roll back', unit: 's' },
  },
  async *observe(snapshot) {
    const copy = await createWorkingCopy(snapshot.repository);
    try {
      // An attendee's own version brings none.
      await cp(join(import.meta.dirname, 'check-prices.ts'), join(copy.repository, check));
      const options = { snapshot, copy, root: rootOf(snapshot), check: `node ${check}` };
      const way = offersReleases(snapshot) ? await piping(options) : pushing(options);
      try {
        yield* underTraffic(way, options);
      } finally {
        await way.close();
      }
    } finally {
      await copy.close();
    }
  },
});

/** Has customers order while two broken commits and a good one come along, and the good one goes again. */
async function* underTraffic(way: Way, options: WayOptions) {
  const { snapshot } = options;
  const { OrderingUrl: url = '' } = snapshot.outputs();
  const customers = letIn(url, snapshot.signal);
  try {
    await customers.answers(ordersAround);
    const before = customers.placed.length;
    const broken = [];
    for (const change of brokenCommits) {
      broken.push(await deliverBroken(change(options.root), customers, way, options));
    }
    const { status } = await oneCookie(url, snapshot.signal);
    yield {
      foundOut: broken.filter(({ problem }) => problem !== undefined).length,
      numbersSpent: broken.filter(({ tookNumber }) => tookNumber).length,
      failedPosts: failed(customers.placed.slice(before)),
      restored: status === 202,
    };
    const comeAndGone = await deliverAndRollBack(dearer, url, way, options);
    const during = customers.placed.slice(before);
    const around = [...customers.placed.slice(0, before), ...(await anotherRound(customers))];
    yield {
      ...comeAndGone,
      failedPosts: failed(during),
      sent: during.length,
      acceptedAround: accepted(around).length,
      failedAround: failed(around),
    };
  } finally {
    await customers.leave();
  }
}

/** A broken commit is taken back in the source, and where it runs, from the customers too. */
async function deliverBroken(
  change: Commit,
  customers: Customers,
  way: Way,
  { copy, snapshot }: WayOptions,
): Promise<Delivery> {
  snapshot.report(`delivering "${change.message}"`);
  const revert = await commit(change, copy);
  const delivery = await way.deliver();
  await revert();
  // What no test found is found by customers, and so is what a test found too late.
  await customers.answers(delivery.runs ? ordersAround : ordersToTell);
  if (delivery.runs) {
    await way.rollBack();
  }
  return delivery;
}

async function deliverAndRollBack(change: Commit, url: string, way: Way, { copy, snapshot }: WayOptions) {
  const { signal } = snapshot;
  const oldPrice = await priceAt(url, signal);
  snapshot.report(`delivering "${change.message}"`);
  const revert = await commit(change, copy);
  await way.deliver();
  const newPrice = await priceAt(url, signal);
  await revert();
  snapshot.report('rolling back');
  const builds = way.builds();
  const started = performance.now();
  await way.rollBack();
  const rollBackSeconds = (performance.now() - started) / 1000;
  return {
    buildsToRollBack: way.builds() - builds,
    rollBackSeconds,
    goodCommitRan: newPrice === oldPrice + 10,
    wentBack: (await priceAt(url, signal)) === oldPrice,
  };
}

/** Whether which version runs is a matter of the stack's parameters. */
function offersReleases(snapshot: SnapshotUnderTest): boolean {
  return Object.hasOwn((snapshot.template()['Parameters'] ?? {}) as object, 'OrderingVersion');
}

/** The file that the function which takes orders is made of. */
function rootOf({ number, roots }: SnapshotUnderTest): string {
  const root = roots.find(({ name }) => name === 'ordering');
  if (!root) {
    throw new Error(`Snapshot ${number} has no root for ordering.`);
  }
  return root.file;
}

async function anotherRound(customers: Customers): Promise<Placed[]> {
  const start = customers.placed.length;
  await customers.answers(ordersAround);
  return customers.placed.slice(start);
}

/** What one cookie costs now. */
async function priceAt(url: string, signal: AbortSignal): Promise<number> {
  const { order, status } = await oneCookie(url, signal);
  if (!order) {
    throw new Error(`An order was answered ${status}.`);
  }
  return order.totalCents;
}

const oneCookie = (url: string, signal: AbortSignal): Promise<Placed> =>
  placeOrder(url, { customer: 'the price watch', items: [{ recipe: 'chocolate-chip', quantity: 1 }] }, { signal });

const failed = (placed: readonly Placed[]): number => placed.length - accepted(placed).length;
